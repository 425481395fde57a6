// The extended header of the POSIX (pax) tar format: records that replace fields of the header that follows.
import { TarError, type TarHeader } from "./tarHeader.ts";

const XATTR = "SCHILY.xattr.";

/**
 * Reads the records `length key=value\n`; values stay bytes, for those of extended attributes are binary.
 * @throws TarError for anything else
 */
export function readPaxRecords(data: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  let at = 0;
  while (at < data.length) {
    const space = data.indexOf(0x20, at);
    const length = space === -1 ? "" : data.toString("latin1", at, space);
    const end = at + Number(length);
    if (!/^[1-9]\d{0,8}$/.test(length) || end > data.length || data[end - 1] !== 0x0a) {
      throw new TarError("invalid tar header");
    }
    const equals = data.indexOf(0x3d, space);
    if (equals === -1 || equals >= end) throw new TarError("invalid tar header");
    records.set(data.toString("latin1", space + 1, equals), data.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}

/**
 * The header with the records' values in place of its own; an empty value means: as the header says.
 * @throws TarError for a name with a NUL, a number that is none, or a sparse file
 */
export function withPaxRecords(header: TarHeader, records: ReadonlyMap<string, Buffer>): TarHeader {
  const xattrs = new Map<string, Buffer>();
  for (const [key, value] of records) {
    if (key.startsWith("GNU.sparse.")) throw new TarError("sparse files are not supported");
    if (key.startsWith(XATTR)) xattrs.set(key.slice(XATTR.length), Buffer.from(value));
  }
  return {
    ...header,
    name: name(records.get("path")) ?? header.name,
    linkName: name(records.get("linkpath")) ?? header.linkName,
    size: integer(records.get("size")) ?? header.size,
    uid: integer(records.get("uid")) ?? header.uid,
    gid: integer(records.get("gid")) ?? header.gid,
    mtime: seconds(records.get("mtime")) ?? header.mtime,
    xattrs,
  };
}

function name(value: Buffer | undefined): string | undefined {
  if (value === undefined || value.length === 0) return undefined;
  if (value.includes(0)) throw new TarError("invalid tar header");
  return value.toString("latin1");
}

function integer(value: Buffer | undefined): number | undefined {
  if (value === undefined || value.length === 0) return undefined;
  const text = value.toString("latin1");
  if (!/^-?\d{1,15}$/.test(text)) throw new TarError("invalid tar header");
  return Number(text);
}

function seconds(value: Buffer | undefined): number | undefined {
  if (value === undefined || value.length === 0) return undefined;
  const text = value.toString("latin1");
  if (!/^-?\d{1,15}(?:\.\d*)?$/.test(text)) throw new TarError("invalid tar header");
  return Number(text);
}
