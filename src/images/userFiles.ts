// The image's /etc/passwd and /etc/group, read inside its root file system as a runtime reads them: symlinks as if it were `/`.
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { isMissing, readExtent } from "./blobs.ts";
import { ImageError } from "./image.ts";

export interface UserFiles {
  readonly passwd?: string;
  readonly group?: string;
}

const MAX_LINKS = 255;

/** @throws ImageError for a file that is too large or a loop of symlinks */
export function readUserFiles(rootfs: string): UserFiles {
  const passwd = readInside(rootfs, "/etc/passwd");
  const group = readInside(rootfs, "/etc/group");
  return {
    ...(passwd === undefined ? {} : { passwd }),
    ...(group === undefined ? {} : { group }),
  };
}

/** The text of a regular file inside `rootfs`; undefined when there is none. */
export function readInside(rootfs: string, path: string): string | undefined {
  const real = resolveInside(rootfs, path);
  if (real === undefined) return undefined;
  let fd: number;
  try {
    fd = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === "ENXIO") return undefined;
    throw error;
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return undefined;
    return readExtent({ path: real, start: 0, size: stat.size }).toString("utf8");
  } finally {
    closeSync(fd);
  }
}

/**
 * Where `path` leads when `rootfs` is `/`: absolute symlinks and `..` stay inside.
 * @returns a path without symlinks below `rootfs`; undefined when something on the way is missing
 */
export function resolveInside(rootfs: string, path: string): string | undefined {
  const left = path.split("/").reverse();
  const at: string[] = [];
  let links = 0;
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      at.pop();
      continue;
    }
    const here = join(rootfs, ...at, name);
    let target: string | undefined;
    try {
      if (lstatSync(here).isSymbolicLink()) target = readlinkSync(here);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    if (target === undefined) {
      at.push(name);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw new ImageError(`${path}: too many links`);
    if (target.startsWith("/")) at.length = 0;
    left.push(...target.split("/").reverse());
  }
  return join(rootfs, ...at);
}
