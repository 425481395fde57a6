// Reads a tar archive piece by piece as it arrives: headers first, content handed on without being gathered.
import { readPaxRecords, withPaxRecords } from "./pax.ts";
import { BLOCK, readHeader, TarError, type TarHeader, WITHOUT_CONTENT } from "./tarHeader.ts";

/** Who is told of entries. Content of an entry comes in order between `entry` and the next `entry` or `end`. */
export interface TarVisitor {
  readonly entry: (header: TarHeader) => void;
  readonly content: (chunk: Buffer) => void;
  /** All content of the last entry has come. */
  readonly entryEnd: () => void;
}

export interface TarReader {
  /** @throws TarError, or what the visitor throws */
  readonly push: (chunk: Buffer) => void;
  /** @throws TarError when the archive ends in the middle of an entry */
  readonly end: () => void;
}

/** As Go's archive/tar: no extended header or long name is larger. */
const MAX_SPECIAL = 1 << 20;

export function tarReader(visitor: TarVisitor): TarReader {
  const block = Buffer.allocUnsafe(BLOCK);
  let filled = 0;
  let content = 0;
  let padding = 0;
  let finished = false;
  /** An entry that describes the next one is gathered here. */
  let special: { readonly type: string; readonly data: Buffer; filled: number } | undefined;
  let records: ReadonlyMap<string, Buffer> | undefined;
  let longName: string | undefined;
  let longLink: string | undefined;

  function header(raw: TarHeader): void {
    if (raw.size < 0) throw new TarError("invalid tar header");
    if ("xgLK".includes(raw.type)) {
      if (raw.size > MAX_SPECIAL) throw new TarError("tar header is too large");
      special = { type: raw.type, data: Buffer.allocUnsafe(raw.size), filled: 0 };
      expect(raw.size);
      return;
    }
    if (!"0123456".includes(raw.type)) throw new TarError(unhandled(raw.type));
    const entry = withPaxRecords(
      { ...raw, name: longName ?? raw.name, linkName: longLink ?? raw.linkName },
      records ?? new Map(),
    );
    if (entry.size < 0) throw new TarError("invalid tar header");
    records = undefined;
    longName = undefined;
    longLink = undefined;
    const size = WITHOUT_CONTENT.includes(entry.type) ? 0 : entry.size;
    visitor.entry({ ...entry, size });
    expect(size);
  }

  function expect(size: number): void {
    content = size;
    padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (size === 0) contentEnd();
  }

  function contentEnd(): void {
    if (special === undefined) {
      visitor.entryEnd();
      return;
    }
    const { type, data } = special;
    special = undefined;
    if (type === "x") records = readPaxRecords(data);
    if (type === "L") longName = untilNul(data);
    if (type === "K") longLink = untilNul(data);
    // A global header (`g`) is ignored, as containerd does.
  }

  function take(chunk: Buffer): void {
    if (special === undefined) {
      visitor.content(chunk);
    } else {
      chunk.copy(special.data, special.filled);
      special.filled += chunk.length;
    }
    content -= chunk.length;
    if (content === 0) contentEnd();
  }

  function push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !finished) {
      if (content > 0) {
        const piece = chunk.subarray(at, at + content);
        at += piece.length;
        take(piece);
      } else if (padding > 0) {
        const skipped = Math.min(padding, chunk.length - at);
        padding -= skipped;
        at += skipped;
      } else {
        const copied = chunk.copy(block, filled, at);
        filled += copied;
        at += copied;
        if (filled < BLOCK) continue;
        filled = 0;
        const next = readHeader(block);
        if (next === undefined) finished = true;
        else header(next);
      }
    }
  }

  function end(): void {
    if (content > 0 || filled > 0 || special !== undefined) throw new TarError("unexpected EOF");
  }
  return { push, end };
}

function untilNul(data: Buffer): string {
  const end = data.indexOf(0);
  return data.toString("latin1", 0, end === -1 ? data.length : end);
}

function unhandled(type: string): string {
  return type === "S"
    ? "sparse files are not supported"
    : `unhandled tar header type ${type.charCodeAt(0)}`;
}
