// Files of a volume reached without following any symlink, also while somebody swaps them: by descriptors, step by step.
//
// Node has no openat(2); a path that begins with /proc/self/fd/N resolves from an open directory all the same.
import { type BigIntStats, closeSync, constants, fstatSync, openSync } from "node:fs";

/** Linux's O_PATH, which Node does not name: a handle on a place, that neither reads nor blocks. */
const O_PATH = 0o10000000;

/** Opens a name in an open directory; a symlink is opened itself and not followed. */
export function openEntry(directory: number, name: string | Buffer): number {
  return openSync(entryPath(directory, name), O_PATH | constants.O_NOFOLLOW);
}

/** Opens a directory by its path; its own last step may be no symlink. */
export function openDirectory(path: string | Buffer): number {
  return openSync(path, O_PATH | constants.O_NOFOLLOW | constants.O_DIRECTORY);
}

/** A path for calls that do not follow a symlink at its end: lchown, mkdir, lstat, readdir. */
export function entryPath(directory: number, name: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${directory}/`), Buffer.from(name)]);
}

/** A path to the open file itself, for calls that follow: chmod, chown, readdir. */
export function ownPath(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

export function statOf(fd: number): BigIntStats {
  return fstatSync(fd, { bigint: true });
}

/** Runs `use` with a descriptor and closes it whatever happens. */
export function withOpen<T>(fd: number, use: (fd: number) => T): T {
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}
