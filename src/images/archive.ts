// The table of contents of a tar file on disk: `docker save` and OCI archives are read in place, without unpacking them.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Extent, Parts } from "./blobs.ts";
import { ImageError } from "./image.ts";
import { readPaxRecords, withPaxRecords } from "./pax.ts";
import { BLOCK, readHeader, TarError, type TarHeader, WITHOUT_CONTENT } from "./tarHeader.ts";
import { cleanNames } from "./tree.ts";

const MAX_ENTRIES = 100_000;
const MAX_SPECIAL = 1 << 20;
const MAX_LINKS = 16;

interface Member {
  readonly extent?: Extent;
  /** Old `docker save` writes a layer that two images share once, and links to it. */
  readonly link?: string;
}

/**
 * Reads the headers of an uncompressed archive, skipping the contents.
 * @throws ImageError when it is no tar archive
 */
export function archiveParts(path: string): Parts {
  const members = new Map<string, Member>();
  const { size } = statSync(path);
  const fd = openSync(path, "r");
  try {
    readMembers(fd, path, size, members);
  } catch (error) {
    if (error instanceof TarError) throw new ImageError(`${path}: ${error.message}`);
    throw error;
  } finally {
    closeSync(fd);
  }
  return (name) => follow(members, clean(name));
}

function follow(members: ReadonlyMap<string, Member>, name: string): Extent | undefined {
  let at = name;
  for (let links = 0; links <= MAX_LINKS; links++) {
    const member = members.get(at);
    if (member?.link === undefined) return member?.extent;
    at = member.link;
  }
  return undefined;
}

function readMembers(fd: number, path: string, end: number, members: Map<string, Member>): void {
  let at = 0;
  let longName: string | undefined;
  let longLink: string | undefined;
  let records: Map<string, Buffer> | undefined;
  while (at + BLOCK <= end) {
    const raw = readHeader(readAt(fd, at, BLOCK));
    if (raw === undefined) return;
    at += BLOCK;
    if (raw.size < 0) throw new TarError("invalid tar header");
    if ("xgLK".includes(raw.type)) {
      if (raw.size > MAX_SPECIAL) throw new TarError("tar header is too large");
      const data = readAt(fd, at, raw.size);
      if (raw.type === "x") records = readPaxRecords(data);
      if (raw.type === "L") longName = data.toString("latin1").replace(/\0.*$/s, "");
      if (raw.type === "K") longLink = data.toString("latin1").replace(/\0.*$/s, "");
      at += padded(raw.size);
      continue;
    }
    const header = withPaxRecords(
      { ...raw, name: longName ?? raw.name, linkName: longLink ?? raw.linkName },
      records ?? new Map(),
    );
    longName = undefined;
    longLink = undefined;
    records = undefined;
    const member = memberOf(header, path, at);
    if (header.size < 0) throw new TarError("invalid tar header");
    if (member !== undefined) members.set(clean(header.name), member);
    if (members.size > MAX_ENTRIES) throw new TarError(`more than ${MAX_ENTRIES} files`);
    if (!WITHOUT_CONTENT.includes(header.type)) at += padded(header.size);
  }
}

function memberOf(header: TarHeader, path: string, start: number): Member | undefined {
  const { type, name, linkName, size } = header;
  if (type === "0") return { extent: { path, start, size } };
  if (type === "1") return { link: clean(linkName) };
  if (type === "2") return { link: clean(`${name}/../${linkName}`) };
  return undefined;
}

function clean(name: string): string {
  return cleanNames(name).join("/");
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function readAt(fd: number, at: number, length: number): Buffer {
  const data = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(fd, data, filled, length - filled, at + filled);
    if (count === 0) throw new TarError("unexpected EOF");
    filled += count;
  }
  return data;
}
