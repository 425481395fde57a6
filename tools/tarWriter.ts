// Writes tar archives byte by byte, well-formed ones for the demo images and hostile ones for the tests.

export interface TarEntry {
  /** A byte string (latin1). */
  readonly name: string;
  /** Tar's type flag; default `0`, a file. */
  readonly type?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970; default 0. */
  readonly mtime?: number;
  readonly link?: string;
  readonly content?: Buffer | string;
  /** Told in the header in place of the content's size. */
  readonly size?: number;
  readonly xattrs?: Readonly<Record<string, Buffer>>;
  readonly pax?: Readonly<Record<string, string>>;
  readonly major?: number;
  readonly minor?: number;
}

const BLOCK = 512;

export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(entryBlocks), Buffer.alloc(2 * BLOCK)]);
}

function entryBlocks(entry: TarEntry): Buffer[] {
  const content = Buffer.from(entry.content ?? "");
  return [...paxBlocks(entry), header(entry, entry.size ?? content.length), ...padded(content)];
}

function paxBlocks({ name, link = "", xattrs = {}, pax = {} }: TarEntry): Buffer[] {
  const records = [
    ...(name.length > 100 ? [record("path", Buffer.from(name, "latin1"))] : []),
    ...(link.length > 100 ? [record("linkpath", Buffer.from(link, "latin1"))] : []),
    ...Object.entries(pax).map(([key, value]) => record(key, Buffer.from(value))),
    ...Object.entries(xattrs).map(([key, value]) => record(`SCHILY.xattr.${key}`, value)),
  ];
  if (records.length === 0) return [];
  const data = Buffer.concat(records);
  return [header({ name: "PaxHeaders/x", type: "x" }, data.length), ...padded(data)];
}

/** `length key=value\n`, where the length counts its own digits. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from("\n")]);
}

function header(entry: TarEntry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const { name, link = "", type = "0", mode = 0o644, uid = 0, gid = 0, mtime = 0 } = entry;
  block.write(name.slice(0, 100), 0, "latin1");
  number(block, 100, 8, mode);
  number(block, 108, 8, uid);
  number(block, 116, 8, gid);
  number(block, 124, 12, size);
  number(block, 136, 12, mtime);
  block.write(type, 156, "latin1");
  block.write(link.slice(0, 100), 157, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  number(block, 329, 8, entry.major ?? 0);
  number(block, 337, 8, entry.minor ?? 0);
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** Octal digits, or base 256 where they do not suffice. */
function number(block: Buffer, at: number, length: number, value: number): void {
  const digits =
    value < 0
      ? ""
      : Math.floor(value)
          .toString(8)
          .padStart(length - 1, "0");
  if (digits !== "" && digits.length < length) {
    block.write(`${digits}\0`, at, "latin1");
    return;
  }
  let left = BigInt.asUintN(length * 8, BigInt(value));
  for (let byte = at + length - 1; byte >= at; byte--) {
    block[byte] = Number(left & 0xffn);
    left >>= 8n;
  }
  block[at] = (block[at] ?? 0) | 0x80;
}

function padded(content: Buffer): Buffer[] {
  const rest = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return [content, Buffer.alloc(rest)];
}
