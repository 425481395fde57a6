// One 512-byte header block of a tar archive, as Go's archive/tar (which every container tool uses) understands it.
//
// Names are byte strings (latin1): a layer may hold names that are no UTF-8.

export const BLOCK = 512;

export interface TarHeader {
  /** `0` file, `1` hard link, `2` symlink, `3` `4` devices, `5` directory, `6` fifo; or one that describes the next header. */
  readonly type: string;
  readonly name: string;
  readonly linkName: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content that follow. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** `SCHILY.xattr.` records of the entry, by the attribute's name; values are bytes. */
  readonly xattrs: ReadonlyMap<string, Buffer>;
}

/** The archive breaks the format, or uses a part of it that no image needs. */
export class TarError extends Error {}

export const NO_XATTRS: ReadonlyMap<string, Buffer> = new Map();

/** Types that carry no content, whatever their size field says. */
export const WITHOUT_CONTENT = "123456";

/**
 * Reads a header block; undefined for a block of zeros, the end of the archive.
 * @throws TarError when the checksum is wrong or a number is none
 */
export function readHeader(block: Buffer): TarHeader | undefined {
  const told = octal(block, 148, 8);
  let sum = 8 * 0x20;
  let signedSum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at++) {
    if (at >= 148 && at < 156) continue;
    const byte = block[at] ?? 0;
    sum += byte;
    signedSum += byte < 128 ? byte : byte - 256;
  }
  if (sum === 8 * 0x20 && told === 0) return undefined;
  if (told !== sum && told !== signedSum) throw new TarError("invalid tar header");

  const flag = String.fromCharCode(block[156] ?? 0);
  const name = prefixOf(block) + text(block, 0, 100);
  const oldDirectory = flag === "\0" && name.endsWith("/");
  return {
    type: flag === "\0" || flag === "7" ? (oldDirectory ? "5" : "0") : flag,
    name,
    linkName: text(block, 157, 100),
    mode: octal(block, 100, 8) & 0o7777,
    uid: octal(block, 108, 8),
    gid: octal(block, 116, 8),
    size: octal(block, 124, 12),
    mtime: octal(block, 136, 12),
    xattrs: NO_XATTRS,
  };
}

/** The POSIX format keeps the first part of a long name apart; GNU's uses these bytes otherwise. */
function prefixOf(block: Buffer): string {
  const isPosix = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? text(block, 345, 155) : "";
  return prefix === "" ? "" : `${prefix}/`;
}

function text(block: Buffer, start: number, length: number): string {
  const end = block.indexOf(0, start);
  return block.toString(
    "latin1",
    start,
    end === -1 ? start + length : Math.min(end, start + length),
  );
}

/** Octal digits between spaces and NULs, or big-endian binary when the first bit is set. */
function octal(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first >= 0x80) return binary(block, start, length);
  const digits = block.toString("latin1", start, start + length).replace(/^[ \0]+|[ \0].*$/gs, "");
  if (digits === "") return 0;
  if (!/^[0-7]+$/.test(digits)) throw new TarError("invalid tar header");
  return Number.parseInt(digits, 8);
}

function binary(block: Buffer, start: number, length: number): number {
  let value = BigInt((block[start] ?? 0) & 0x7f);
  for (let at = start + 1; at < start + length; at++)
    value = (value << 8n) | BigInt(block[at] ?? 0);
  const bits = BigInt(length * 8 - 1);
  if (value >> (bits - 1n)) value -= 1n << bits;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new TarError("invalid tar header");
  return number;
}
