// Applies one layer of an image to a directory: files, links, directories and whiteouts, as containerd unpacks them.
//
// @see containerd v1.7.24 archive/tar.go applyNaive, createTarFile

import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchownSync,
  linkSync,
  lutimesSync,
  openSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { hasId, rangesText } from "../node/idMap.ts";
import type { TarHeader } from "./tarHeader.ts";
import type { TarVisitor } from "./tarReader.ts";
import {
  cleanNames,
  type Directory,
  type Inode,
  LayerError,
  type Node,
  type Owned,
  type Place,
  pathOf,
  show,
  walk,
} from "./tree.ts";
import {
  makeDirectory,
  onDisk,
  remove,
  removeLower,
  UNDESCRIBED,
  type Unpacking,
} from "./unpacking.ts";

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";
const MAX_ID = 0xffff_fffe;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * A visitor for the tar stream of layer number `layer` (rising). Owners, modes and times of directories, fifos and
 * extended attributes are left to `finishUnpacking`.
 */
export function layerVisitor(
  unpacking: Unpacking,
  layer: number,
): TarVisitor & { readonly close: () => void } {
  const { root } = unpacking;
  let open: { readonly fd: number; readonly owned: Owned } | undefined;

  function makeParent(place: Place): Directory {
    return makeDirectory(unpacking, place, UNDESCRIBED, layer);
  }

  function entry(header: TarHeader): void {
    unpacking.entries += 1;
    if (unpacking.entries > unpacking.limits.entries) {
      throw new LayerError(`the image has more than ${unpacking.limits.entries} files`);
    }
    const names = cleanNames(header.name);
    const name = names.pop();
    if (name === undefined) return;
    if (name.startsWith(WHITEOUT)) {
      whiteout(walk(root, names, undefined), name);
      return;
    }
    const directory = walk(root, names, makeParent);
    if (directory === undefined) return;
    place(header, { directory, name });
  }

  function whiteout(directory: Directory | undefined, name: string): void {
    if (name === OPAQUE) {
      if (directory !== undefined) removeLower(unpacking, directory, layer);
      return;
    }
    const hidden = name.slice(WHITEOUT.length);
    if (hidden === "" || hidden === "." || hidden === "..") {
      throw new LayerError(`invalid whiteout name: ${show(name)}`);
    }
    // Names that begin with a second `.wh.` are notes of AUFS and hide nothing.
    if (hidden.startsWith(WHITEOUT)) return;
    const node = directory?.children.get(hidden);
    if (directory === undefined || node === undefined) return;
    if (node.kind === "directory") removeLower(unpacking, node, layer);
    if (node.layer !== layer && (node.kind !== "directory" || node.children.size === 0)) {
      remove(unpacking, { directory, name: hidden });
    }
  }

  function place(header: TarHeader, at: Place): void {
    if (header.uid < 0 || header.gid < 0 || header.uid > MAX_ID || header.gid > MAX_ID) {
      throw new LayerError(`${show(pathOf(at))}: invalid owner ${header.uid}:${header.gid}`);
    }
    const { ids } = unpacking;
    if (ids !== undefined && !(hasId(ids.uids, header.uid) && hasId(ids.gids, header.gid))) {
      const have = `user ids ${rangesText(ids.uids)}, group ids ${rangesText(ids.gids)}`;
      throw new LayerError(
        `${show(pathOf(at))}: owner ${header.uid}:${header.gid} is beyond the ids that this user has without root (${have}): /etc/subuid and /etc/subgid give more`,
      );
    }
    const { mode, uid, gid, xattrs } = header;
    const owned: Owned = { mode, uid, gid, mtime: boundTime(header.mtime), xattrs };
    const before = at.directory.children.get(at.name);
    if (header.type === "5") {
      if (before?.kind === "directory") {
        before.inode.owned = owned;
        before.layer = layer;
        return;
      }
      if (before !== undefined) remove(unpacking, at);
      makeDirectory(unpacking, at, owned, layer);
      return;
    }
    const linked = header.type === "1" ? linkTarget(header, at) : undefined;
    if (linked !== undefined && linked.node === before) {
      before.layer = layer;
      return;
    }
    if (before !== undefined) remove(unpacking, at);
    const node = make(header, at, owned, linked);
    if (node !== undefined) at.directory.children.set(at.name, node);
  }

  function make(
    header: TarHeader,
    at: Place,
    owned: Owned,
    linked: { readonly node: Node; readonly path: Buffer } | undefined,
  ): Node | undefined {
    const path = onDisk(unpacking, at);
    switch (header.type) {
      case "0": {
        unpacking.bytes += header.size;
        if (unpacking.bytes > unpacking.limits.bytes) {
          throw new LayerError(`the image is larger than ${unpacking.limits.bytes} bytes unpacked`);
        }
        open = { fd: openSync(path, NEW_FILE, 0o600), owned };
        return { kind: "file", inode: { owned }, layer };
      }
      case "1": {
        if (linked === undefined) return undefined;
        linkSync(linked.path, path);
        if (linked.node.kind === "file") describeLinked(path, linked.node.inode, owned);
        return { ...linked.node, layer };
      }
      case "2":
        symlinkSync(Buffer.from(header.linkName, "latin1"), path);
        if (unpacking.setOwners) lchownSync(path, owned.uid, owned.gid);
        lutimesSync(path, owned.mtime, owned.mtime);
        return { kind: "symlink", target: header.linkName, inode: { owned }, layer };
      case "6":
        return { kind: "fifo", inode: { owned }, layer };
      default:
        unpacking.devices.push(pathOf(at));
        return undefined;
    }
  }

  /** A hard link to a directory or to nothing is refused; its target is looked up inside the root like any path. */
  function linkTarget(header: TarHeader, at: Place): { node: Node; path: Buffer } {
    const names = cleanNames(header.linkName);
    const name = names.pop();
    const directory = name === undefined ? undefined : walk(root, names, undefined);
    const node = name === undefined ? undefined : directory?.children.get(name);
    if (directory === undefined || name === undefined || node === undefined) {
      throw new LayerError(
        `link ${show(header.linkName)} ${show(pathOf(at))}: no such file or directory`,
      );
    }
    if (node.kind === "directory" || node.kind === "fifo") {
      throw new LayerError(`link ${show(header.linkName)} ${show(pathOf(at))}: not permitted`);
    }
    return { node, path: onDisk(unpacking, { directory, name }) };
  }

  /** The header of a hard link repeats owner and mode of the file; they hold for all its names. */
  function describeLinked(path: Buffer, inode: Inode, owned: Owned): void {
    if (unpacking.setOwners) lchownSync(path, owned.uid, owned.gid);
    chmodSync(path, owned.mode);
    utimesSync(path, owned.mtime, owned.mtime);
    const xattrs = owned.xattrs.size > 0 ? owned.xattrs : inode.owned.xattrs;
    inode.owned = { ...owned, xattrs };
  }

  function content(chunk: Buffer): void {
    if (open === undefined) return;
    for (let at = 0; at < chunk.length; ) at += writeSync(open.fd, chunk, at);
  }

  function entryEnd(): void {
    if (open === undefined) return;
    const { fd, owned } = open;
    if (unpacking.setOwners) fchownSync(fd, owned.uid, owned.gid);
    // After the owner: a change of owner takes the setuid bit away.
    fchmodSync(fd, owned.mode);
    futimesSync(fd, owned.mtime, owned.mtime);
    close();
  }

  function close(): void {
    if (open !== undefined) closeSync(open.fd);
    open = undefined;
  }
  return { entry, content, entryEnd, close };
}

/** Times before 1970 or beyond 2262 count as 1970, as in containerd. */
function boundTime(seconds: number): number {
  return seconds < 0 || seconds > 9_223_372_036 ? 0 : seconds;
}
