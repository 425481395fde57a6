// /etc/passwd and /etc/group of an image, which containerd reads from a temporary mount of its root filesystem.
// @see containerd v2.1.9 core/mount/temp.go WithReadonlyTempMount; pkg/oci/spec_opts.go openBoundedUserFile
import type { ImageFacts } from "../model/world.ts";
import type { Facts } from "./facts.ts";

/** Random in reality. */
const MOUNT = "/var/lib/containerd/tmpmounts/containerd-mount<ID>";

export interface ImageFiles {
  readonly passwd: string | undefined;
  readonly group: string | undefined;
  /** A file that is undefined is not there; otherwise nobody knows. */
  readonly known: boolean;
  /** Marks that an answer rests on a file that nobody knows. */
  readonly missing: (file: "passwd" | "group") => void;
  /** containerd's text around an error of looking something up. */
  readonly inMount: (error: string) => string;
  readonly notFound: (file: "passwd" | "group") => string;
}

/** `known: false`: a file that the facts do not have may well exist. */
export function imageFiles(
  { passwd, group }: ImageFacts,
  { release, unknown }: Facts,
  known: boolean,
): ImageFiles {
  const inMount = (error: string) => `mount callback failed on ${MOUNT}: ${error}`;
  return {
    passwd,
    group,
    known,
    missing: (file) => {
      if (!known) unknown.add(`image.${file}`);
    },
    inMount,
    notFound: (file) =>
      inMount(`${release.userFileCall} ${MOUNT}/etc/${file}: no such file or directory`),
  };
}
