// What the cache holds, and how it is kept small: images leave by name, by age of their last use, or all at once.
import { existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseQuantity, wholeUnits } from "../core/rules/quantity.ts";
import { cacheDirectory } from "../node/directories.ts";
import { EngineError } from "../node/errors.ts";
import { removeTree } from "../node/removeTree.ts";
import { normalizedReference } from "./reference.ts";
import { type UsedSource, withoutDoubles } from "./sameSource.ts";
import {
  isHeld,
  layersFolder,
  names,
  type Remembered,
  setAside,
  sweep,
  type Unpacked,
} from "./store.ts";

/** The layers of one or more images, unpacked. */
export interface CachedLayers {
  /** Chain id of the layers. */
  readonly chain: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
  /** Images made of them, by the source that gave them last; none after another image took their place there. */
  readonly images: readonly UsedSource[];
  /** A run uses them now. */
  readonly inUse: boolean;
}

/** Everything in the cache, the one used last first. */
export function listImages(cache: string = cacheDirectory()): CachedLayers[] {
  return cachedLayers(cache).map((one) => ({ ...one, images: withoutDoubles(one.images) }));
}

function cachedLayers(cache: string): CachedLayers[] {
  const sources = rememberedSources(cache);
  const lines: CachedLayers[] = [];
  for (const hex of names(join(cache, "layers"))) {
    const folder = join(cache, "layers", hex);
    const unpacked = readUnpacked(folder);
    if (unpacked === undefined) continue;
    lines.push({
      chain: unpacked.chain,
      size: unpacked.size,
      lastUsed: statSync(folder).mtimeMs,
      images: sources
        .filter(({ chain }) => chain === unpacked.chain)
        .map(({ source, digest, file }) => ({ source, digest, lastUsed: lastUse(file) })),
      inUse: isHeld(folder),
    });
  }
  return lines.sort((a, b) => b.lastUsed - a.lastUsed);
}

/**
 * Removes the layers of one image, named by its source, its reference where it was pulled or imported, its digest or
 * chain id, or the beginning of their hexadecimal part.
 * @returns false when they are in use
 * @throws EngineError when there is none, or more than one
 */
export function removeImage(name: string, cache: string = cacheDirectory()): boolean {
  const hex = name.replace(/^sha256:/, "");
  const start = /^[0-9a-f]{4,}$/.test(hex) ? `sha256:${hex}` : undefined;
  const pulled = pulledSource(name);
  const found = cachedLayers(cache).filter(({ chain, images }) =>
    [chain, ...images.flatMap(({ source, digest }) => [source, digest])].some(
      (own) => own === name || own === pulled || (start !== undefined && own.startsWith(start)),
    ),
  );
  const [layers] = found;
  if (layers === undefined) throw new EngineError(`no image ${name} in ${cache}`);
  if (found.length > 1) throw new EngineError(`${name} names ${found.length} images`);
  return removeUnused(layers, cache);
}

/**
 * Removes leftovers of runs that were killed, then images that nobody uses, the longest unused first, until the rest
 * takes at most `keep` bytes (0, the default: all).
 * @returns the images removed
 */
export function pruneImages(keep = 0, cache: string = cacheDirectory()): readonly CachedLayers[] {
  sweep(cache);
  const images = listImages(cache);
  let total = images.reduce((sum, { size }) => sum + size, 0);
  const removed: CachedLayers[] = [];
  for (const image of images.reverse()) {
    if (total <= keep && keep > 0) break;
    if (!removeUnused(image, cache)) continue;
    total -= image.size;
    removed.push(image);
  }
  return removed;
}

/** Of all unpacked images; what a run uses is never removed, so more may lie there. */
const DEFAULT_LIMIT = "20Gi";

/**
 * Keeps the cache below its limit: images that nobody uses leave, the longest unused first. SECCTX_CACHE_LIMIT tells it as
 * a quantity (`5Gi`).
 * @throws EngineError for a limit that is no quantity
 */
export function limitCache(
  cache: string,
  told: string = process.env["SECCTX_CACHE_LIMIT"] || DEFAULT_LIMIT,
): readonly CachedLayers[] {
  const limit = parseQuantity(told);
  if (limit === undefined || limit < 0n) {
    throw new EngineError(`SECCTX_CACHE_LIMIT ${told}: write a quantity, as 5Gi`);
  }
  const bytes = Number(wholeUnits(limit));
  const total = listImages(cache).reduce((sum, { size }) => sum + size, 0);
  return total <= bytes ? [] : pruneImages(bytes, cache);
}

function removeUnused(layers: CachedLayers, cache: string): boolean {
  const folder = layersFolder(cache, layers.chain);
  if (isHeld(folder)) return false;
  const aside = setAside(cache, folder, "removed");
  // A run may have taken it a moment ago: whoever takes it later finds nothing and unpacks it again.
  if (isHeld(aside) && !existsSync(folder)) {
    renameSync(aside, folder);
    return false;
  }
  removeTree(aside);
  for (const { file, chain } of rememberedSources(cache)) {
    if (chain === layers.chain) rmSync(file, { force: true });
  }
  return true;
}

/** 0: it has just gone. */
function lastUse(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function pulledSource(name: string): string | undefined {
  try {
    return `docker://${normalizedReference(name)}`;
  } catch {
    return undefined;
  }
}

function readUnpacked(folder: string): Unpacked | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "layers.json"), "utf8"));
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
