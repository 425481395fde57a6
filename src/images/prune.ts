// What the cache holds, and how it is kept small: images leave by name, by age of their last use, or all at once.
import { existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "../node/directories.ts";
import { EngineError } from "../node/errors.ts";
import { removeTree } from "./removeTree.ts";
import { isHeld, names, type Remembered, type StoredImage, setAside, sweep } from "./store.ts";

/** One image of the cache. */
export interface StoredImageLine {
  readonly digest: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
  /** Sources that gave it last. */
  readonly sources: readonly string[];
  /** A run uses it now. */
  readonly inUse: boolean;
}

/** Every image of the cache, the one used last first. */
export function listImages(cache: string = cacheDirectory()): StoredImageLine[] {
  const sources = rememberedSources(cache);
  const lines: StoredImageLine[] = [];
  for (const hex of names(join(cache, "images"))) {
    const folder = join(cache, "images", hex);
    const image = readStored(folder);
    if (image === undefined) continue;
    lines.push({
      digest: image.digest,
      size: image.size,
      lastUsed: statSync(folder).mtimeMs,
      sources: sources.filter(({ digest }) => digest === image.digest).map(({ source }) => source),
      inUse: isHeld(folder),
    });
  }
  return lines.sort((a, b) => b.lastUsed - a.lastUsed);
}

/**
 * Removes one image by its digest, the beginning of its hexadecimal part, or a source that gave it.
 * @returns false when it is in use
 * @throws EngineError when there is none, or more than one
 */
export function removeImage(name: string, cache: string = cacheDirectory()): boolean {
  const hex = name.replace(/^sha256:/, "");
  const found = listImages(cache).filter(
    ({ digest, sources }) =>
      sources.includes(name) || (/^[0-9a-f]{4,}$/.test(hex) && digest.startsWith(`sha256:${hex}`)),
  );
  const [image] = found;
  if (image === undefined) throw new EngineError(`no image ${name} in ${cache}`);
  if (found.length > 1) throw new EngineError(`${name} names ${found.length} images`);
  return removeUnused(image, cache);
}

/**
 * Removes leftovers of runs that were killed, then images that nobody uses, the longest unused first, until the rest
 * takes at most `keep` bytes (0, the default: all).
 * @returns the images removed
 */
export function pruneImages(
  keep = 0,
  cache: string = cacheDirectory(),
): readonly StoredImageLine[] {
  sweep(cache);
  const images = listImages(cache);
  let total = images.reduce((sum, { size }) => sum + size, 0);
  const removed: StoredImageLine[] = [];
  for (const image of images.reverse()) {
    if (total <= keep && keep > 0) break;
    if (!removeUnused(image, cache)) continue;
    total -= image.size;
    removed.push(image);
  }
  return removed;
}

function removeUnused(image: StoredImageLine, cache: string): boolean {
  const folder = join(cache, "images", image.digest.replace(/^\w+:/, ""));
  if (isHeld(folder)) return false;
  const aside = setAside(cache, folder, "removed");
  // A run may have taken it a moment ago: whoever takes it later finds nothing and unpacks it again.
  if (isHeld(aside) && !existsSync(folder)) {
    renameSync(aside, folder);
    return false;
  }
  removeTree(aside);
  for (const { file, digest } of rememberedSources(cache)) {
    if (digest === image.digest) rmSync(file, { force: true });
  }
  return true;
}

function readStored(folder: string): StoredImage["image"] | undefined {
  try {
    const stored: StoredImage = JSON.parse(readFileSync(join(folder, "image.json"), "utf8"));
    return stored.image;
  } catch {
    return undefined;
  }
}

function rememberedSources(cache: string): (Remembered & { readonly file: string })[] {
  const found: (Remembered & { readonly file: string })[] = [];
  for (const name of names(join(cache, "sources"))) {
    const file = join(cache, "sources", name);
    try {
      const remembered: Remembered = JSON.parse(readFileSync(file, "utf8"));
      found.push({ ...remembered, file });
    } catch {
      rmSync(file, { force: true });
    }
  }
  return found;
}
