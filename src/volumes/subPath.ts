// subPath: a place inside a volume, made where it is missing and never outside, whatever symlinks the volume holds.
//
// @see kubernetes v1.37.2 pkg/volume/util/subpath/subpath_linux.go SafeMakeDir, safeOpenSubPath
import { chmodSync, closeSync, mkdirSync, readlinkSync, statSync } from "node:fs";
import { entryPath, openDirectory, openEntry, ownPath, statOf } from "./openInside.ts";

/** A volume whose places are looked up. */
export interface Inside {
  /** Its folder, by real steps from the host's `/`: where an absolute symlink has to lead. */
  readonly path: string;
  /** The same as this process reaches it, which may be in another mount table. */
  readonly seen: string;
}

/** The path leads out of the volume, or something stands in the way; the kubelet tells no details. */
export class SubPathError extends Error {}

/** As many symlinks as the kernel follows. */
const MAX_SYMLINKS = 40;

/**
 * Makes the directories of `subPath` that are missing in the volume, with the volume's own mode.
 * @throws SubPathError, or the system's error
 */
export function safeMakeDirectory(volume: Inside, subPath: string): void {
  const mode = statSync(volume.seen).mode & 0o7777;
  const { fd, missing } = look(volume, subPath);
  let at = fd;
  try {
    for (const name of missing) {
      mkdirSync(entryPath(at, name), { mode });
      const next = openEntry(at, name);
      closeSync(at);
      at = next;
      if (!statOf(at).isDirectory()) throw new SubPathError("not a directory");
      chmodSync(ownPath(at), mode);
    }
  } finally {
    closeSync(at);
  }
}

/**
 * Opens the real place of `subPath` in the volume: symlinks inside are followed, one that leads out is refused.
 * @returns a descriptor, for whoever mounts it: what comes to stand at its path later does not matter
 * @throws SubPathError, or the system's error
 */
export function safeOpen(volume: Inside, subPath: string): number {
  const { fd, missing } = look(volume, subPath);
  if (missing.length === 0) return fd;
  closeSync(fd);
  throw new SubPathError("no such file or directory");
}

interface Found {
  readonly fd: number;
  /** What is not there, below it. */
  readonly missing: readonly string[];
}

/** Step by step, no symlink is left to the kernel: so nobody who swaps them meanwhile leads out. */
function look(volume: Inside, subPath: string): Found {
  // From the volume on, each inside the one before it.
  const open = [openDirectory(volume.seen)];
  const todo = namesOf(subPath);
  let symlinks = 0;
  /** How many of the names to come are a symlink's. */
  let linked = 0;
  let fd = NONE;
  try {
    for (let name = todo.shift(); name !== undefined; name = todo.shift()) {
      const isLinked = linked > 0;
      linked -= Number(isLinked);
      if (name === "..") {
        if (open.length === 1) throw new SubPathError("outside of the volume");
        closeSync(open.pop() ?? NONE);
        continue;
      }
      const at = open.at(-1) ?? NONE;
      const next = openUnlessMissing(at, name);
      if (next === NONE) {
        // At the place where the folder would have to be made stands the symlink.
        if (isLinked) throw new SubPathError("file exists");
        fd = at;
        return { fd, missing: [name, ...todo] };
      }
      open.push(next);
      if (!statOf(next).isSymbolicLink()) continue;
      symlinks += 1;
      if (symlinks > MAX_SYMLINKS) throw new SubPathError("too many levels of symbolic links");
      closeSync(open.pop() ?? NONE);
      const link = readlinkSync(entryPath(at, name));
      if (link.startsWith("/")) for (const one of open.splice(1)) closeSync(one);
      const names = namesOf(link.startsWith("/") ? relativeTo(volume.path, link) : link);
      linked += names.length;
      todo.unshift(...names);
    }
    fd = open.at(-1) ?? NONE;
    return { fd, missing: [] };
  } finally {
    for (const one of open) if (one !== fd) closeSync(one);
  }
}

const NONE = -1;

function openUnlessMissing(directory: number, name: string): number {
  try {
    return openEntry(directory, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return NONE;
    throw error;
  }
}

function relativeTo(volume: string, path: string): string {
  const prefix = volume === "/" ? "/" : `${volume}/`;
  if (`${path}/`.startsWith(prefix)) return path.slice(prefix.length);
  throw new SubPathError("outside of the volume");
}

function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}
