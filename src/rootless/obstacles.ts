// Why an ordinary user cannot have a user namespace with subordinate ids on this machine: one sentence for each reason.
import { holdsIn, type Release } from "../core/model/version.ts";
import { freeRange, type Range } from "./subordinateIds.ts";

export interface MachineFacts {
  readonly user: string;
  /** `major.minor`. */
  readonly kernel: Release;
  /** Texts of the files below /proc/sys that bear on it, by name; absent where the kernel has none. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** Programs that are not installed, each as a sentence. */
  readonly missing: readonly string[];
  readonly uids: readonly Range[];
  readonly gids: readonly Range[];
  /** Texts of /etc/subuid and /etc/subgid. */
  readonly files: readonly string[];
}

/** Sysctl, the value that keeps ordinary users out, and what a person does about it. */
export const KNOBS: readonly {
  readonly name: string;
  readonly closed: string;
  readonly open: string;
}[] = [
  { name: "kernel.unprivileged_userns_clone", closed: "0", open: "1" },
  { name: "user.max_user_namespaces", closed: "0", open: "15000" },
  { name: "kernel.apparmor_restrict_unprivileged_userns", closed: "1", open: "0" },
];

/** @see linux v5.11 fs/overlayfs/super.c ovl_fs_type FS_USERNS_MOUNT */
const OVERLAYS_SINCE = "5.11";

export function obstacles(facts: MachineFacts): string[] {
  const { user, kernel, sysctls, missing, uids, gids, files } = facts;
  const sentences: string[] = [];
  for (const { name, closed, open } of KNOBS) {
    if (sysctls[name]?.trim() !== closed) continue;
    sentences.push(
      `${name} is ${closed}, so user namespaces are root's alone: sudo sysctl ${name}=${open}`,
    );
  }
  if (!holdsIn({ since: OVERLAYS_SINCE }, kernel)) {
    sentences.push(
      `Linux ${kernel} lets root alone mount overlays, Linux ${OVERLAYS_SINCE} lets everybody`,
    );
  }
  sentences.push(...missing);
  const wanted = [
    { ranges: uids, file: "/etc/subuid", flag: "--add-subuids", what: "user" },
    { ranges: gids, file: "/etc/subgid", flag: "--add-subgids", what: "group" },
  ];
  const { first, count } = freeRange(files);
  for (const { ranges, file, flag, what } of wanted) {
    if (ranges.length > 0) continue;
    sentences.push(
      `${file} gives ${user} no subordinate ${what} ids: sudo usermod ${flag} ${first}-${first + count - 1} ${user}`,
    );
  }
  return sentences;
}
