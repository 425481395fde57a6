// The text of a file or of standard input: bounded, UTF-8, and what is wrong with it in one sentence.
import { isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { cannotRead } from "../errors.ts";
import { type DecodedText, decodeBroken } from "./brokenUtf8.ts";

export interface Unreadable {
  readonly message: string;
}

const STANDARD_INPUT = 0;
const CHUNK = 1024 * 1024;
/** As git looks for it. */
const BINARY_WITHIN = 8_000;

/** @param path undefined: standard input */
export function readText(path: string | undefined, maxBytes: number): DecodedText | Unreadable {
  const name = path ?? "standard input";
  try {
    const file = path === undefined ? STANDARD_INPUT : openSync(path, "r");
    try {
      const bytes = readBounded(file, maxBytes);
      return bytes === undefined ? tooLarge(name, maxBytes) : decoded(bytes, name);
    } finally {
      if (path !== undefined) closeSync(file);
    }
  } catch (error) {
    return { message: cannotRead(name, error) };
  }
}

export function tooLarge(name: string, maxBytes: number): Unreadable {
  return { message: `${name} is larger than ${size(maxBytes)} (--max-file-bytes)` };
}

/** @param name as a sentence may begin with it */
export function decoded(bytes: Buffer, name: string): DecodedText | Unreadable {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { message: `${name} is UTF-16; Kubernetes reads UTF-8` };
  }
  if (bytes.subarray(0, BINARY_WITHIN).includes(0)) {
    return { message: `${name} is a binary file, no YAML or JSON` };
  }
  return isUtf8(bytes) ? { text: bytes.toString("utf8"), broken: [] } : decodeBroken(bytes);
}

/** Undefined beyond the limit; no more than that is ever read. */
function readBounded(file: number, maxBytes: number): Buffer | undefined {
  const stat = fstatSync(file);
  if (stat.isFile() && stat.size > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(stat.isFile() && length === 0 ? stat.size + 1 : CHUNK);
    const read = readSome(file, chunk);
    if (read === 0) break;
    length += read;
    if (length > maxBytes) return undefined;
    chunks.push(chunk.subarray(0, read));
    // A file of the file system gives less than was asked for at its end only. What has no size (/proc) is asked again.
    if (stat.isFile() && stat.size > 0 && read < chunk.length) break;
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

/** A terminal or pipe that somebody made non-blocking has nothing to read yet. */
function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function size(bytes: number): string {
  const mib = bytes / 1024 / 1024;
  return Number.isInteger(mib) ? `${mib} MiB` : `${bytes} bytes`;
}
