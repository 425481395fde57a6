// Reads the log of one start of a container from its files: all of it, or its end without reading the rest.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { readCRILog } from "../../engines/criLog.ts";
import { type LogFile, logFiles } from "./logFiles.ts";
import { LineJoiner, type LogLine, lastLines } from "./logLines.ts";

export interface OpenLog {
  readonly inode: number;
  readonly attempt: number;
  readonly file: number;
  /** When it was opened: what came later is not read here. */
  readonly size: number;
}

/** So often the files may change while they are opened. */
const TRIES = 10;

/** The files of one start, in their order; to be closed. */
export function openLogs(folder: string, attempt: number): OpenLog[] {
  for (let tries = 1; ; tries += 1) {
    const before = logFiles(folder).filter((file) => file.attempt === attempt);
    const opened = before.flatMap((file) => openLog(file) ?? []);
    const after = logFiles(folder).filter((file) => file.attempt === attempt);
    if (inodes(before) === inodes(opened) && inodes(opened) === inodes(after)) return opened;
    if (tries === TRIES) return opened;
    closeLogs(opened);
  }
}

export function openLog({ path, attempt }: LogFile): OpenLog | undefined {
  try {
    const file = openSync(path, "r");
    const { ino: inode, size } = fstatSync(file);
    return { inode, attempt, file, size };
  } catch {
    // Removed just now.
    return undefined;
  }
}

export function closeLogs(logs: readonly OpenLog[]): void {
  for (const { file } of logs) closeSync(file);
}

function inodes(files: readonly { readonly inode: number }[]): string {
  return files.map(({ inode }) => inode).join();
}

export interface LinesAsked {
  /** So many lines from the end. */
  readonly tail?: number;
  /** Milliseconds since 1970. */
  readonly since?: number;
}

/** Where whoever reads on begins. */
export interface ReadSoFar {
  /** Knows what was read of a line that does not end yet. */
  readonly joiner: LineJoiner;
  /** Bytes at the end, of a line that was just being written. */
  readonly unread: number;
}

export interface LogReading {
  /** With what came last of a line that does not end yet. */
  readonly lines: Iterable<LogLine>;
  /** To be asked when the lines have been read. */
  readonly soFar: () => ReadSoFar;
}

const FIRST_LOOK = 64 * 1024;
/** Read at once. */
export const STEP: number = 256 * 1024;

export function readLines(
  logs: readonly OpenLog[],
  { tail, since = Number.NEGATIVE_INFINITY }: LinesAsked,
): LogReading {
  const reading = tail === undefined ? readAll(logs) : readEnd(logs, tail);
  return since === Number.NEGATIVE_INFINITY
    ? reading
    : { ...reading, lines: newerThan(reading.lines, since) };
}

function* newerThan(lines: Iterable<LogLine>, since: number): Generator<LogLine> {
  for (const line of lines) if (Date.parse(line.time) >= since) yield line;
}

function readAll(logs: readonly OpenLog[]): LogReading {
  const joiner = new LineJoiner();
  let unread: Buffer = Buffer.alloc(0);
  function* lines(): Generator<LogLine> {
    for (const { file, size } of logs) {
      for (let position = 0; position < size; position += STEP) {
        const bytes = readAt(file, position, Math.min(STEP, size - position));
        const { records, rest } = readCRILog(Buffer.concat([unread, bytes]));
        unread = rest;
        for (const record of records) yield* joiner.add(record);
      }
    }
    yield* joiner.rest();
  }
  return { lines: lines(), soFar: () => ({ joiner, unread: unread.length }) };
}

function readEnd(logs: readonly OpenLog[], tail: number): LogReading {
  const all = logs.reduce((sum, { size }) => sum + size, 0);
  for (let size = Math.min(all, FIRST_LOOK); ; size = Math.min(all, size * 8)) {
    const joiner = new LineJoiner();
    const { records, rest } = readCRILog(lastBytes(logs, size));
    const lines = records.flatMap((one) => joiner.add(one)).concat(joiner.rest());
    const begun = lines.filter(({ isBegin }) => isBegin).length;
    // The first of each stream may be the end of a line that was cut.
    if (size < all && begun < tail + 2) continue;
    return { lines: lastLines(lines, tail), soFar: () => ({ joiner, unread: rest.length }) };
  }
}

/** The end of all files together. */
function lastBytes(logs: readonly OpenLog[], wanted: number): Buffer {
  const pieces: Buffer[] = [];
  let left = wanted;
  for (const { file, size } of logs.toReversed()) {
    const length = Math.min(left, size);
    pieces.unshift(readAt(file, size - length, length));
    left -= length;
  }
  return Buffer.concat(pieces);
}

/** Less where the file is shorter. */
export function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const size = readSync(file, bytes, read, length - read, position + read);
    if (size === 0) break;
    read += size;
  }
  return bytes.subarray(0, read);
}
