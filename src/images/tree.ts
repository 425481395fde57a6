// The files of an image as they stand after each layer, kept in memory: what is a directory, what a symlink, what came when.
//
// The unpacker decides every path by this tree and never by the disk: a path on disk is only ever built from real
// directories that it made itself, so that no symlink of an image leads out of the root file system.

export interface Owned {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly xattrs: ReadonlyMap<string, Buffer>;
}
/** What a file is whatever its names: hard links share it. */
export interface Inode {
  owned: Owned;
}
interface Entry {
  /** The layer that made or last described this name. */
  layer: number;
  readonly inode: Inode;
}
export interface Directory extends Entry {
  readonly kind: "directory";
  readonly children: Map<string, Node>;
  readonly parent: Directory | undefined;
  readonly name: string;
}
export interface File extends Entry {
  readonly kind: "file" | "fifo";
}
export interface Symlink extends Entry {
  readonly kind: "symlink";
  readonly target: string;
}
export type Node = Directory | File | Symlink;

/** A name in a real directory of the tree. */
export interface Place {
  readonly directory: Directory;
  readonly name: string;
}

/** An image whose entries contradict each other. */
export class LayerError extends Error {}

/** As containerd's path walk: more symlinks than this in one path are a loop. */
const MAX_LINKS = 255;

export function newDirectory(
  owned: Owned,
  layer: number,
  parent?: Directory,
  name = "",
): Directory {
  return { kind: "directory", children: new Map(), parent, name, inode: { owned }, layer };
}

/** Path of a place below the root file system, `usr/bin/id`. */
export function pathOf(place: Place): string {
  let path = place.name;
  for (let at: Directory | undefined = place.directory; at?.parent !== undefined; at = at.parent) {
    path = `${at.name}/${path}`;
  }
  return path;
}

/** Names of a cleaned path: no empty one, no `.`, no `..` (one at the front stays at the root). */
export function cleanNames(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names;
}

/**
 * The directory that `names` lead to, through symlinks as if `root` were `/`. Missing directories are made by `make`;
 * without it the answer is undefined.
 * @throws LayerError for a loop of symlinks, or where a file stands in place of a directory
 * @see containerd continuity fs/path.go RootPath
 */
export function walk(
  root: Directory,
  names: readonly string[],
  make: ((place: Place) => Directory) | undefined,
): Directory | undefined {
  const left = [...names].reverse();
  let at = root;
  let links = 0;
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      at = at.parent ?? root;
      continue;
    }
    const next = at.children.get(name);
    if (next === undefined) {
      if (make === undefined) return undefined;
      at = make({ directory: at, name });
    } else if (next.kind === "directory") {
      at = next;
    } else if (next.kind === "symlink") {
      links += 1;
      if (links > MAX_LINKS) throw new LayerError(`${show(names.join("/"))}: too many links`);
      if (next.target.startsWith("/")) at = root;
      left.push(...next.target.split("/").reverse());
    } else {
      throw new LayerError(`${show(pathOf({ directory: at, name }))}: not a directory`);
    }
  }
  return at;
}

/** A byte string for people: as UTF-8 where it is, control characters escaped. */
export function show(path: string): string {
  const text = Buffer.from(path, "latin1").toString("utf8");
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
