// The root file system in the making: its tree in memory, its folder on disk, its limits.

import { mkdirSync, rmSync, unlinkSync } from "node:fs";
import type { IdMap } from "../node/idMap.ts";
import { NO_XATTRS } from "./tarHeader.ts";
import { type Directory, newDirectory, type Owned, type Place, pathOf } from "./tree.ts";

/** A root file system that grows layer by layer. Only this process writes to it. */
export interface Unpacking {
  /** Absolute path of a directory that no other process writes to, in bytes as latin1. */
  readonly folder: string;
  readonly root: Directory;
  readonly limits: { readonly bytes: number; readonly entries: number };
  /** Owners can be set: as root. */
  readonly setOwners: boolean;
  /** The only ids that files can have here; undefined: all. */
  readonly ids: IdMap | undefined;
  bytes: number;
  entries: number;
  readonly devices: string[];
}

/** What stands in a directory that no layer described, and of the root directory itself (containerd ignores `./`). */
export const UNDESCRIBED: Owned = { mode: 0o755, uid: 0, gid: 0, mtime: 0, xattrs: NO_XATTRS };

/** The path of a place on disk; all its parents are directories that the unpacker made. */
export function onDisk(unpacking: Unpacking, place: Place): Buffer {
  return Buffer.from(`${unpacking.folder}/${pathOf(place)}`, "latin1");
}

export function makeDirectory(
  unpacking: Unpacking,
  place: Place,
  owned: Owned,
  layer: number,
): Directory {
  mkdirSync(onDisk(unpacking, place), { mode: 0o700 });
  const made = newDirectory(owned, layer, place.directory, place.name);
  place.directory.children.set(place.name, made);
  return made;
}

export function remove(unpacking: Unpacking, place: Place): void {
  const node = place.directory.children.get(place.name);
  const path = onDisk(unpacking, place);
  if (node?.kind === "directory") rmSync(path, { recursive: true });
  else if (node !== undefined && node.kind !== "fifo") unlinkSync(path);
  place.directory.children.delete(place.name);
}

/** Takes away what lower layers left in a directory; what this layer brought stays. */
export function removeLower(unpacking: Unpacking, directory: Directory, layer: number): void {
  for (const [name, node] of [...directory.children]) {
    if (node.kind === "directory") {
      removeLower(unpacking, node, layer);
      if (node.layer === layer || node.children.size > 0) continue;
    } else if (node.layer === layer) continue;
    remove(unpacking, { directory, name });
  }
}
