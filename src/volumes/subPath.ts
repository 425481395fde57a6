// subPath: a place inside a volume, made where it is missing and never outside, whatever symlinks the volume holds.
//
// @see kubernetes v1.37.2 pkg/volume/util/subpath/subpath_linux.go SafeMakeDir, safeOpenSubPath
import { chmodSync, closeSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { entryPath, openDirectory, openEntry, ownPath, statOf } from "./openInside.ts";

/** What stood at the place when it was found. */
export interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** The path leads out of the volume, or something stands in the way; the kubelet tells no details. */
export class SubPathError extends Error {}

/**
 * Makes the directories of `subPath` that are missing in `volume`, with the volume's own mode.
 * @throws SubPathError, or the system's error
 */
export function safeMakeDirectory(volume: string, subPath: string): void {
  const base = realpathSync(volume);
  const names = subPath.split("/").filter((name) => name !== "" && name !== ".");
  const existing = existingPrefix(base, names);
  const found = realpathSync(join(base, ...names.slice(0, existing)));
  const inside = stepsInside(base, found);
  const mode = Number(statSync(base).mode) & 0o7777;
  let at = walk(base, inside);
  try {
    for (const name of names.slice(existing)) {
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
 * The real place of `subPath` in `volume`: symlinks inside are followed as the host sees them, one that leads out is refused.
 * @throws SubPathError, or the system's error
 */
export function safeResolve(
  volume: string,
  subPath: string,
): { readonly path: string; readonly identity: Identity } {
  const base = realpathSync(volume);
  const path = realpathSync(join(base, subPath));
  const fd = walk(base, stepsInside(base, path));
  try {
    const { dev, ino } = statOf(fd);
    return { path, identity: { dev, ino } };
  } finally {
    closeSync(fd);
  }
}

/** How many of the names lead to something that is there, symlinks followed. */
function existingPrefix(base: string, names: readonly string[]): number {
  for (let count = names.length; count > 0; count--) {
    const path = join(base, ...names.slice(0, count));
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return count;
  }
  return 0;
}

function stepsInside(base: string, path: string): string[] {
  const prefix = base === "/" ? "/" : `${base}/`;
  if (path === base) return [];
  if (!path.startsWith(prefix)) throw new SubPathError("outside of the volume");
  return path.slice(prefix.length).split("/");
}

/** A descriptor on the place that real steps lead to; a symlink that came meanwhile is refused. */
function walk(base: string, steps: readonly string[]): number {
  let at = openDirectory(base);
  for (const [index, step] of steps.entries()) {
    let next: number;
    try {
      next = openEntry(at, step);
    } finally {
      closeSync(at);
    }
    at = next;
    const stat = statOf(at);
    const isLast = index === steps.length - 1;
    if (stat.isSymbolicLink() || (!isLast && !stat.isDirectory())) {
      closeSync(at);
      throw new SubPathError("a symlink came in between");
    }
  }
  return at;
}
