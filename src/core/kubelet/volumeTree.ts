// The tree that a volume plugin of the kubelet writes before it is given to the fsGroup: names, modes and owners.
import type { Int64 } from "../model/json.ts";
import { type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import { volumePlugin } from "../tables/volumePlugins.ts";
import type { Entry } from "./changePermissions.ts";
import { determineEffectiveSecurityContext } from "./effective.ts";

export interface TreeEntry extends Entry {
  /** Relative to the volume; "" is its root. */
  readonly path: string;
  readonly uid: number;
}

/** One file that a configMap, secret, downwardAPI or projected volume shows. */
export interface ProjectedFile {
  readonly path: string;
  /** Its own mode; absent: the volume's defaultMode. */
  readonly mode?: number;
  /** A service account token: private where somebody owns it. */
  readonly token?: boolean;
}

export interface WrittenVolume {
  readonly plugin: string;
  readonly medium?: string;
  /** `emptyDir.mode` (1.37, alpha). */
  readonly mode?: number;
  readonly defaultMode?: number;
  readonly files?: readonly ProjectedFile[];
}
export interface TreeOwner {
  readonly fsGroup: Int64 | undefined;
  /** The one user of all containers, as `fsUserFrom` finds it. */
  readonly fsUser: Int64 | undefined;
}

const OPEN = 0o777;
const STICKY_OPEN = 0o1777;
const FOLDER = 0o755;
const DEFAULT_MODE = 0o644;
const PRIVATE = 0o600;

/** Root's mode: tmpfs is sticky, and so is what lies on one. A configMap lies on the node's disk. */
export function rootMode(volume: WrittenVolume): number {
  const plugin = volumePlugin(volume.plugin)?.source;
  if (plugin === "emptyDir") {
    if (volume.mode !== undefined) return volume.mode;
    return volume.medium === "Memory" ? STICKY_OPEN : OPEN;
  }
  return plugin === "configMap" ? OPEN : STICKY_OPEN;
}

/**
 * The whole tree, in the order in which it is written: `..ts` stands for the folder named after the time.
 * @see kubernetes v1.37.2 pkg/volume/util/atomic_writer.go Write
 * @see kubernetes v1.37.2 pkg/volume/projected/projected.go collectData
 */
export function volumeTree(volume: WrittenVolume, owner: TreeOwner): TreeEntry[] {
  const tree = [entry("", "dir", rootMode(volume))];
  if (volumePlugin(volume.plugin)?.source === "emptyDir") return tree;
  const files = volume.files ?? [];
  tree.push(entry("..ts", "dir", FOLDER));
  for (const file of files) {
    for (const folder of foldersOf(file.path)) {
      if (tree.every(({ path }) => path !== `..ts/${folder}`)) {
        tree.push(entry(`..ts/${folder}`, "dir", FOLDER));
      }
    }
    tree.push(entry(`..ts/${file.path}`, "file", modeOf(file, volume, owner), uidOf(file, owner)));
  }
  tree.push(entry("..data", "symlink", OPEN));
  for (const file of files) {
    const [name = ""] = file.path.split("/");
    if (tree.some(({ path }) => path === name)) continue;
    tree.push(entry(name, "symlink", OPEN, uidOf(file, owner)));
  }
  return tree;
}

function entry(path: string, type: string, mode: number, uid = 0): TreeEntry {
  return { path, type, mode, uid, gid: 0 };
}

/** `a/b` → `a`; `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const steps = path.split("/");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("/"));
}

function modeOf(file: ProjectedFile, volume: WrittenVolume, owner: TreeOwner): number {
  if (file.token === true && (owner.fsUser !== undefined || owner.fsGroup !== undefined)) {
    return PRIVATE;
  }
  return file.mode ?? volume.defaultMode ?? DEFAULT_MODE;
}

function uidOf(file: ProjectedFile, owner: TreeOwner): number {
  return file.token === true ? Number(owner.fsUser ?? 0) : 0;
}

/**
 * The user that all containers of the pod run as by their spec; undefined when one names none or another.
 * @see kubernetes v1.37.2 pkg/volume/util/util.go FsUserFrom
 */
export function fsUserFrom(pod: Pod): Int64 | undefined {
  let common: Int64 | undefined;
  for (const container of containersOf(pod.spec)) {
    const user = determineEffectiveSecurityContext(pod, container).runAsUser?.value;
    if (user === undefined || (common !== undefined && common !== user)) return undefined;
    common = user;
  }
  return common;
}

/** A volume that no container mounts is never set up. */
export function isMounted(pod: Pod, volume: string): boolean {
  return containersOf(pod.spec).some(({ container }: ContainerAt) =>
    container.volumeMounts?.some(({ name }) => name === volume),
  );
}
