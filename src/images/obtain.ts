// From a source to an image: out of the cache where the source still holds what it held, unpacked anew where not.

import { createHash } from "node:crypto";
import { createWriteStream, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { removeTree } from "../node/removeTree.ts";
import { archiveParts } from "./archive.ts";
import { folderParts, type Parts, streamExtent } from "./blobs.ts";
import { containerdDigest, exportContainerdImage } from "./containerdStore.ts";
import { type Contents, layoutContents, savedContents } from "./contents.ts";
import { decompressed, isCompressed } from "./decompress.ts";
import { type ImageConfig, ImageError, type ImageLimits, ImageMissing } from "./image.ts";
import { dockerImageId, saveDockerImage, storageStamp } from "./localStores.ts";
import { limitCache } from "./prune.ts";
import { currentDigest, skopeo } from "./skopeo.ts";
import { type Source, writeSource } from "./source.ts";
import { fileStamp } from "./stamp.ts";
import {
  recall,
  remember,
  takeLayers,
  type Unpacked,
  usedAgain,
  VERSION,
  workFolder,
} from "./store.ts";
import { asImageError, unpack } from "./unpack.ts";

export interface ObtainOptions {
  readonly cache: string;
  readonly limits: ImageLimits;
  readonly signal?: AbortSignal | undefined;
  /** A registry is asked whether its image is still the same; otherwise what was fetched once is good. */
  readonly refresh: boolean;
  /** Without it a registry is never asked: ImageMissing when the cache has nothing of it. */
  readonly fetch: boolean;
}
/** An image in the cache. */
export interface Obtained extends Omit<Unpacked, "version"> {
  readonly digest: string;
  readonly config: ImageConfig;
}
/** Every source but a plain directory. */
export type CachedSource = Source & { readonly kind: Exclude<Source["kind"], "dir"> };

/** How one kind of source is read. */
interface Reader {
  /** @throws ImageMissing */
  readonly stamp: (source: Source, options: ObtainOptions) => Promise<string> | string;
  /** Its contents, and files in `work` that may be needed for them. */
  readonly open: (source: Source, work: Work) => Promise<Contents>;
}
interface Work {
  readonly options: ObtainOptions;
  /** Makes, at the first call, a folder that is removed when the image is unpacked. */
  readonly folder: () => string;
}

const READERS: Readonly<Record<Exclude<Source["kind"], "dir">, Reader>> = {
  oci: {
    stamp: ({ place }) => stampOf(join(place, "index.json")),
    open: async (source) => layoutContents(folderParts(source.place), source),
  },
  "oci-archive": {
    stamp: ({ place }) => stampOf(place),
    open: async (source, work) => layoutContents(await partsOf(source.place, work), source),
  },
  "docker-archive": {
    stamp: ({ place }) => stampOf(place),
    open: async (source, work) => savedContents(await partsOf(source.place, work), source),
  },
  "docker-daemon": {
    stamp: ({ place }) => dockerImageId(place),
    open: async ({ place }, work) => {
      const file = join(work.folder(), "saved.tar");
      await saveDockerImage(place, file, work.options.signal);
      return savedContents(archiveParts(file), {});
    },
  },
  "containers-storage": {
    stamp: ({ place }) => storageStamp(place),
    open: async ({ place }, work) => {
      const file = join(work.folder(), "saved.tar");
      await copy(`containers-storage:${place}`, `docker-archive:${file}`, work);
      return savedContents(archiveParts(file), {});
    },
  },
  containerd: {
    stamp: ({ place }) => containerdDigest(place),
    open: async ({ place }, work) => {
      const file = join(work.folder(), "saved.tar");
      await exportContainerdImage(place, file, work.options.signal);
      return layoutContents(archiveParts(file), {});
    },
  },
  docker: {
    stamp: ({ place }, { refresh, signal }) =>
      refresh ? currentDigest(`docker://${place}`, signal) : "",
    open: async ({ place }, work) => {
      const folder = join(work.folder(), "layout");
      await copy(`docker://${place}`, `oci:${folder}:image`, work);
      return layoutContents(folderParts(folder), { name: "image" });
    },
  },
};

const running = new Map<string, Promise<Obtained>>();

/**
 * The image of a source, unpacked in the cache and held there while this process runs.
 * @throws ImageMissing, ImageError; EngineError when a program is not installed
 */
export function obtain(source: CachedSource, options: ObtainOptions): Promise<Obtained> {
  const key = JSON.stringify([options.cache, source, options.refresh, options.fetch]);
  const begun = running.get(key);
  if (begun !== undefined) return begun;
  const promise = obtainOnce(source, options)
    .catch((error: unknown) => {
      throw asImageError(error);
    })
    .finally(() => running.delete(key));
  running.set(key, promise);
  return promise;
}

async function obtainOnce(source: CachedSource, options: ObtainOptions): Promise<Obtained> {
  const { cache, limits, signal } = options;
  const reader = READERS[source.kind];
  const wanted = source.name === undefined ? source.wanted : undefined;
  const text = `${writeSource(source)}${wanted === undefined ? "" : ` ${wanted}`}`;
  const stamp = await reader.stamp(source, options);
  const remembered = recall(cache, text);
  const isSame = stamp === "" || remembered?.stamp === stamp;
  if (remembered !== undefined && isSame) {
    const { digest, config, chain } = remembered;
    const layers = takeLayers(cache, chain);
    if (layers !== undefined) {
      usedAgain(cache, text);
      return { ...layers, digest, config };
    }
  }
  if (!options.fetch && source.kind === "docker") throw new ImageMissing("not fetched yet");

  let folder: string | undefined;
  const work: Work = {
    options,
    folder: () => {
      folder ??= workFolder(cache, `fetch-${hash(text)}`);
      return folder;
    },
  };
  try {
    const contents = await reader.open(source, work);
    const layers = await unpack(contents, cache, limits, signal);
    const { digest, config, chain } = contents;
    remember(cache, { version: VERSION, source: text, stamp, digest, config, chain });
    limitCache(cache);
    return { ...layers, digest, config };
  } finally {
    if (folder !== undefined) removeTree(folder);
  }
}

function stampOf(path: string): string {
  const stamp = fileStamp(path);
  if (stamp === undefined) throw new ImageMissing(`${path}: no such file`);
  return stamp;
}

/** The parts of an archive; a compressed one is unzipped first. */
async function partsOf(path: string, work: Work): Promise<Parts> {
  const { size } = statSync(path);
  const whole = { path, start: 0, size };
  if (!(await isCompressed(streamExtent(whole)))) return archiveParts(path);
  const { limits, signal } = work.options;
  const file = join(work.folder(), "plain.tar");
  const plain = atMost(decompressed(streamExtent(whole)), limits.bytes);
  await pipeline(plain, createWriteStream(file, { mode: 0o600 }), {
    ...(signal ? { signal } : {}),
  });
  return archiveParts(file);
}

async function* atMost(chunks: AsyncIterable<Buffer>, most: number): AsyncIterable<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) throw new ImageError(`the archive is larger than ${most} bytes unpacked`);
    yield chunk;
  }
}

async function copy(from: string, to: string, work: Work): Promise<void> {
  const tmp = work.folder();
  await skopeo(["--tmpdir", tmp, "copy", "--quiet", from, to], work.options.signal);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
