// Where the parts of an image lie: files of a folder (an OCI layout) or of an archive, read with limits.
import { createHash } from "node:crypto";
import { closeSync, constants, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { ImageError } from "./image.ts";

/** A part of a file on disk. */
export interface Extent {
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

/** Finds files by their name inside an image's folder or archive; undefined when there is none. */
export type Parts = (name: string) => Extent | undefined;

/** As containerd: no manifest, index or config is larger. */
const MAX_DOCUMENT = 8 << 20;

/** Files of a folder. What is no regular file is none (a fifo would block, a device would never end). */
export function folderParts(folder: string): Parts {
  return (name) => {
    const path = join(folder, name);
    const size = regularFileSize(path);
    return size === undefined ? undefined : { path, start: 0, size };
  };
}

export function regularFileSize(path: string): number | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    return stat.isFile() ? stat.size : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** @throws ImageError when it is larger than any document of an image */
export function readExtent({ path, start, size }: Extent): Buffer {
  if (size > MAX_DOCUMENT) throw new ImageError(`${path}: ${size} bytes are too many`);
  const data = Buffer.allocUnsafe(size);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    let filled = 0;
    while (filled < size) {
      const count = readSync(fd, data, filled, size - filled, start + filled);
      if (count === 0) throw new ImageError(`${path}: unexpected EOF`);
      filled += count;
    }
  } finally {
    closeSync(fd);
  }
  return data;
}

export function streamExtent({ path, start, size }: Extent): AsyncIterable<Buffer> {
  if (size === 0) return noBytes();
  const options = { start, end: start + size - 1, highWaterMark: 1 << 18 };
  return createReadStream(path, options);
}

async function* noBytes(): AsyncIterable<Buffer> {}

const DIGEST = /^(sha256):([0-9a-f]{64})$|^(sha512):([0-9a-f]{128})$/;

/** Algorithm and hexadecimal part; everything that lands in a path goes through here. */
export function parseDigest(digest: unknown): { algorithm: string; hex: string } {
  const match = typeof digest === "string" ? DIGEST.exec(digest) : null;
  const algorithm = match?.[1] ?? match?.[3];
  const hex = match?.[2] ?? match?.[4];
  if (algorithm === undefined || hex === undefined) {
    throw new ImageError(`invalid digest ${JSON.stringify(digest)}`);
  }
  return { algorithm, hex };
}

/** @throws ImageError when the bytes are not what the digest promises */
export function verify(data: Buffer, digest: string): Buffer {
  const { algorithm, hex } = parseDigest(digest);
  const found = createHash(algorithm).update(data).digest("hex");
  if (found !== hex) throw new ImageError(`content of ${digest} has digest ${algorithm}:${found}`);
  return data;
}
