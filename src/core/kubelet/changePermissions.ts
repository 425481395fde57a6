// How the kubelet gives a volume to the pod's fsGroup: which volumes, and what becomes of each entry's mode and group.
import type { Int64 } from "../model/json.ts";
import { SETGID } from "../rules/fileMode.ts";
import { CLAIMED, type VolumePlugin, volumePlugin } from "../tables/volumePlugins.ts";

/** `mode`: permission bits with setuid, setgid and sticky. */
export interface Entry {
  readonly type: "file" | "dir" | "symlink" | string;
  readonly mode: number;
  readonly gid: number;
}
export interface OwnershipWish {
  readonly fsGroup: Int64;
  /** Is the volume read-only for the kubelet (configMap, secret, projected, downwardAPI)? */
  readonly readOnly: boolean;
}

const READ_WRITE = 0o660;
const READ_ONLY = 0o440;
const SEARCH = 0o110;

/**
 * The entry after the kubelet's lchown and chmod: the group changes on everything, symlinks keep their mode.
 * @see kubernetes v1.37.2 pkg/volume/volume_linux.go changeFilePermission
 */
export function ownedEntry(entry: Entry, wish: OwnershipWish): { mode: number; gid: number } {
  // chown(2) takes -1 for "leave it"; other numbers are cut to 32 bits.
  const gid = Number(BigInt.asUintN(32, BigInt(wish.fsGroup)));
  const group = Number(wish.fsGroup) === -1 ? entry.gid : gid;
  if (entry.type === "symlink") return { mode: entry.mode, gid: group };
  const bits = wish.readOnly ? READ_ONLY : READ_WRITE;
  const mask = entry.type === "dir" ? bits | SEARCH | SETGID : bits;
  return { mode: entry.mode | mask, gid: group };
}

/**
 * With OnRootMismatch the tree is left alone when its root has the group, the bits and setgid already.
 * @see kubernetes v1.37.2 pkg/volume/volume_linux.go skipPermissionChange
 */
export function skipsOwnership(
  root: Entry,
  policy: string | undefined,
  wish: OwnershipWish,
): boolean {
  if (policy !== "OnRootMismatch") return false;
  return !requiresPermissionChange(root, wish);
}

/** @see kubernetes v1.37.2 pkg/volume/volume_linux.go requiresPermissionChange */
function requiresPermissionChange(root: Entry, wish: OwnershipWish): boolean {
  if (BigInt(root.gid) !== BigInt(wish.fsGroup) || root.type !== "dir") return true;
  const needed = (wish.readOnly ? READ_ONLY : READ_WRITE) | SEARCH;
  return (root.mode & needed) !== needed || (root.mode & SETGID) === 0;
}

export interface VolumeFacts {
  /** As in a pod or PersistentVolume (`emptyDir`, `local`), or the plugin's own name (`kubernetes.io/empty-dir`). */
  readonly plugin: string;
  readonly readOnly?: boolean;
  readonly fsType?: string;
  readonly accessModes?: readonly string[];
  /** Of the CSIDriver; default ReadWriteOnceWithFSType. */
  readonly fsGroupPolicy?: string;
}

/**
 * What the kubelet does with fsGroup on this volume; undefined: nothing.
 * `honoursPolicy`: fsGroupChangePolicy counts, it does not for volumes that the kubelet fills itself.
 */
export function ownershipOf(
  volume: VolumeFacts,
): { readonly readOnly: boolean; readonly honoursPolicy: boolean } | undefined {
  const plugin = volumePlugin(volume.plugin) ?? CLAIMED;
  if (plugin.ownership === "never") return undefined;
  if (plugin.ownership === "always") {
    return { readOnly: plugin.readOnly === "always", honoursPolicy: false };
  }
  if (volume.readOnly === true) return undefined;
  if (plugin.ownership === "csi" && !supportsFsGroup(volume)) return undefined;
  return { readOnly: false, honoursPolicy: true };
}

/**
 * Access modes left out are those of an inline volume, which counts as ReadWriteOnce.
 * @see kubernetes v1.37.2 pkg/volume/csi/csi_mounter.go supportsFSGroup
 */
function supportsFsGroup(volume: VolumeFacts): boolean {
  const { fsGroupPolicy = "ReadWriteOnceWithFSType", fsType = "", accessModes } = volume;
  if (fsGroupPolicy === "None") return false;
  if (fsGroupPolicy === "File") return true;
  if (fsType === "") return false;
  if (accessModes === undefined) return true;
  return accessModes.some((mode) => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod");
}

/** The plugin behind a pod's volume: the first key beside `name` that is one. */
export function pluginOfVolume(
  volume: Readonly<Record<string, unknown>>,
): VolumePlugin | undefined {
  for (const key of Object.keys(volume)) {
    if (key === "name" || volume[key] === undefined || volume[key] === null) continue;
    const found = volumePlugin(key);
    if (found !== undefined) return found;
  }
  return undefined;
}
