// Unpacks an image into the cache: layer by layer into a folder of this process, checked by digest, then renamed.
import { createHash, type Hash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { diskErrorText } from "../node/diskFault.ts";
import { EngineError } from "../node/errors.ts";
import { ownIdMap } from "../node/idMap.ts";
import { removeTree } from "../node/removeTree.ts";
import { layerVisitor } from "./applyLayer.ts";
import { parseDigest, streamExtent } from "./blobs.ts";
import type { Contents, Layer } from "./contents.ts";
import { decompressed } from "./decompress.ts";
import { finishUnpacking } from "./finishUnpacking.ts";
import { ImageError, type ImageLimits } from "./image.ts";
import {
  commitLayers,
  isInProgress,
  takeLayers,
  type Unpacked,
  VERSION,
  workFolder,
} from "./store.ts";
import { TarError } from "./tarHeader.ts";
import { tarReader } from "./tarReader.ts";
import { LayerError, newDirectory } from "./tree.ts";
import { UNDESCRIBED, type Unpacking } from "./unpacking.ts";
import { readUserFiles } from "./userFiles.ts";

const WAIT_MS = 20;
/** Of headers and padding in a tar stream, for each file that may be in it. */
const OVERHEAD = 4096;

/**
 * The layers of `contents` from the cache, unpacked there first if need be. Where another process is unpacking the
 * same, its result is awaited.
 * @throws ImageError for anything wrong with the image; nothing is left then
 */
export async function unpack(
  contents: Contents,
  cache: string,
  limits: ImageLimits,
  signal: AbortSignal | undefined,
): Promise<Unpacked> {
  const key = `${cache}\0${contents.chain}`;
  const begun = running.get(key);
  if (begun !== undefined) return begun;
  const promise = unpackOnce(contents, cache, limits, signal).finally(() => running.delete(key));
  running.set(key, promise);
  return promise;
}

/** Several containers of one pod may ask for the same image at once. */
const running = new Map<string, Promise<Unpacked>>();

async function unpackOnce(
  contents: Contents,
  cache: string,
  limits: ImageLimits,
  signal: AbortSignal | undefined,
): Promise<Unpacked> {
  const what = `unpack-${parseDigest(contents.chain).hex}`;
  for (;;) {
    const stored = takeLayers(cache, contents.chain);
    if (stored !== undefined) return stored;
    if (!isInProgress(cache, what)) break;
    await setTimeout(WAIT_MS, undefined, signal === undefined ? {} : { signal });
  }
  const work = workFolder(cache, what);
  try {
    commitLayers(cache, work, await unpackInto(work, contents, limits, signal));
  } catch (error) {
    removeTree(work);
    throw asImageError(error);
  }
  const stored = takeLayers(cache, contents.chain);
  if (stored === undefined) throw new ImageError("the layers vanished from the cache");
  return stored;
}

async function unpackInto(
  work: string,
  contents: Contents,
  limits: ImageLimits,
  signal: AbortSignal | undefined,
): Promise<Unpacked> {
  const rootfs = join(work, "rootfs");
  mkdirSync(rootfs, { mode: 0o755 });
  const unpacking: Unpacking = {
    folder: Buffer.from(rootfs).toString("latin1"),
    root: newDirectory(UNDESCRIBED, -1),
    limits,
    setOwners: process.getuid?.() === 0,
    ids: ownIdMap(),
    bytes: 0,
    entries: 0,
    devices: [],
  };
  for (const [number, layer] of contents.layers.entries()) {
    await unpackLayer(unpacking, layer, number, signal);
  }
  const notes = finishUnpacking(unpacking);
  if (!unpacking.setOwners) notes.push("owners of files are not set without root");
  const { chain } = contents;
  return { version: VERSION, chain, ...readUserFiles(rootfs), size: unpacking.bytes, notes };
}

async function unpackLayer(
  unpacking: Unpacking,
  layer: Layer,
  number: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { limits } = unpacking;
  const mostBytes = limits.bytes + OVERHEAD * limits.entries;
  const visitor = layerVisitor(unpacking, number);
  const tar = tarReader(visitor);
  const compressed = hasher(layer.digest);
  const plain = hasher(layer.diffId);
  let bytes = 0;
  try {
    for await (const chunk of decompressed(hashed(streamExtent(layer.extent), compressed.hash))) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      if (bytes > mostBytes)
        throw new ImageError(`a layer is larger than ${mostBytes} bytes unpacked`);
      plain.hash?.update(chunk);
      tar.push(chunk);
    }
    tar.end();
  } finally {
    visitor.close();
  }
  compressed.check("layer");
  plain.check("unpacked layer");
}

/** Hashes what runs through, when a digest is promised. */
function hasher(digest: string | undefined): { hash?: Hash; check: (what: string) => void } {
  if (digest === undefined) return { check: () => undefined };
  const { algorithm, hex } = parseDigest(digest);
  const hash = createHash(algorithm);
  function check(what: string): void {
    const found = hash.digest("hex");
    if (found !== hex) throw new ImageError(`${what} ${digest} has digest ${algorithm}:${found}`);
  }
  return { hash, check };
}

async function* hashed(
  chunks: AsyncIterable<Buffer>,
  hash: Hash | undefined,
): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    hash?.update(chunk);
    yield chunk;
  }
}

/** Something that an image, this machine or a registry can cause, and no bug. */
export function isKnownError(error: unknown): error is Error {
  return error instanceof ImageError || error instanceof EngineError;
}

/** What an image or a full disk can cause is one sentence; anything else is a bug and keeps its stack. */
export function asImageError(error: unknown): unknown {
  if (error instanceof TarError || error instanceof LayerError)
    return new ImageError(error.message);
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const isZlib = typeof code === "string" && code.startsWith("Z_");
  const isSystem = syscall !== undefined || isZlib;
  return isSystem ? new ImageError(diskErrorText(error) ?? message) : error;
}
