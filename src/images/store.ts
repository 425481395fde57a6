// The cache of unpacked images on disk: what lies where, how layers enter it at once or not at all, and how it leaves.
//
// <cache>/layers/<id>/{layers.json,rootfs/,held/}   complete root file systems, by the chain id of their layers
// <cache>/sources/<source>.json                     which image a source gave last, and by what that is seen to hold still
// <cache>/tmp/<what>.<owner>                        work in progress; it belongs to a process, see node/owner.ts
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ownerIsAlive, ownerTag } from "../node/owner.ts";
import { removeTree } from "../node/removeTree.ts";
import { isMissing, parseDigest } from "./blobs.ts";
import type { Image } from "./image.ts";

/** Layers unpacked, as `layers.json` tells them; their root file system lies beside it. */
export interface Unpacked extends Pick<Image, "passwd" | "group" | "size" | "notes"> {
  readonly version: typeof VERSION;
  readonly chain: string;
}
/** What a source gave. */
export interface Remembered extends Pick<Image, "digest" | "config"> {
  readonly version: typeof VERSION;
  readonly source: string;
  readonly chain: string;
  /** Changes when the source does; "" for a source that only tells when asked (a registry). */
  readonly stamp: string;
}

/** What was written in another form is made again. */
export const VERSION = 1;

/** Bytes: a file that is written beside it has its owner in the name too. */
const MOST_OF_A_NAME = 150;

export function layersFolder(cache: string, chain: string): string {
  return join(cache, "layers", parseDigest(chain).hex);
}

/** The layers with this chain id, and they stay at least until this process ends; undefined when the cache has none. */
export function takeLayers(cache: string, chain: string): Unpacked | undefined {
  const folder = layersFolder(cache, chain);
  try {
    hold(folder);
    const unpacked: Unpacked = JSON.parse(readFileSync(join(folder, "layers.json"), "utf8"));
    return unpacked.version === VERSION && unpacked.chain === chain ? unpacked : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Moves a finished temporary folder to its place. Where another process was quicker, its one stays. */
export function commitLayers(cache: string, work: string, unpacked: Unpacked): void {
  writeFileSync(join(work, "layers.json"), JSON.stringify(unpacked));
  mkdirSync(join(work, "held"));
  const folder = layersFolder(cache, unpacked.chain);
  held.delete(join(folder, "held", ownerTag()));
  mkdirSync(join(cache, "layers"), { recursive: true, mode: 0o700 });
  try {
    renameSync(work, folder);
  } catch (error) {
    if (!isOccupied(error)) throw error;
    if (takeLayers(cache, unpacked.chain) !== undefined) {
      removeTree(work);
      return;
    }
    // What stands there is of another version, or broken.
    removeTree(setAside(cache, folder, "old"));
    renameSync(work, folder);
  }
}

/** A new folder in `<cache>/tmp` that belongs to this process. */
export function workFolder(cache: string, what: string): string {
  sweep(cache);
  const folder = join(cache, "tmp", `${what}.${ownerTag()}`);
  mkdirSync(join(cache, "tmp"), { recursive: true, mode: 0o700 });
  removeTree(folder);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Is a process at work on `what`? */
export function isInProgress(cache: string, what: string): boolean {
  return names(join(cache, "tmp")).some((name) => {
    const [begun, owner = ""] = splitOwner(name);
    return begun === what && owner !== ownerTag() && ownerIsAlive(owner);
  });
}

/** Removes the work of processes that ended without finishing it (`kill -9`). Answers how many folders it removed. */
export function sweep(cache: string): number {
  const left = names(join(cache, "tmp")).filter((name) => !ownerIsAlive(splitOwner(name)[1]));
  for (const name of left) removeTree(join(cache, "tmp", name));
  return left.length;
}

/** Moves a folder out of the way at once; what remains to do is slow. */
export function setAside(cache: string, folder: string, what: string): string {
  mkdirSync(join(cache, "tmp"), { recursive: true, mode: 0o700 });
  const id = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const aside = join(cache, "tmp", `${what}-${id}.${ownerTag()}`);
  removeTree(aside);
  renameSync(folder, aside);
  return aside;
}

function splitOwner(name: string): [what: string, owner: string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

const held = new Set<string>();

/** As long as this process runs, `prune` leaves the layers alone. The mark goes with the process, or with the next sweep. */
function hold(folder: string): void {
  const mark = join(folder, "held", ownerTag());
  if (held.has(mark)) return;
  writeFileSync(mark, "");
  // The last use decides what goes first when the cache is full.
  const now = new Date();
  utimesSync(folder, now, now);
  if (held.size === 0) {
    process.once("exit", () => {
      // What a prune took along is gone already; Node's rmSync has to be loaded first.
      for (const one of held) if (existsSync(one)) unlinkSync(one);
    });
  }
  held.add(mark);
}

/** Are the layers in use by a process that still runs? Marks of others are removed. */
export function isHeld(folder: string): boolean {
  let alive = false;
  for (const owner of names(join(folder, "held"))) {
    if (ownerIsAlive(owner)) alive = true;
    else rmSync(join(folder, "held", owner), { force: true });
  }
  return alive;
}

export function recall(cache: string, source: string): Remembered | undefined {
  try {
    const found: Remembered = JSON.parse(readFileSync(sourceFile(cache, source), "utf8"));
    return found.version === VERSION && found.source === source ? found : undefined;
  } catch {
    return undefined;
  }
}

export function remember(cache: string, remembered: Remembered): void {
  const file = sourceFile(cache, remembered.source);
  mkdirSync(join(cache, "sources"), { recursive: true, mode: 0o700 });
  const beside = `${file}.${ownerTag()}`;
  writeFileSync(beside, JSON.stringify(remembered));
  renameSync(beside, file);
}

/** What a source gave before is used once more. */
export function usedAgain(cache: string, source: string): void {
  const now = new Date();
  try {
    utimesSync(sourceFile(cache, source), now, now);
  } catch (error) {
    // A prune may just have taken it.
    if (!isMissing(error)) throw error;
  }
}

/** Hashed only where it would be too long for a name: Node's cryptography takes milliseconds to load. */
function sourceFile(cache: string, source: string): string {
  const name = Buffer.from(source).toString("base64url");
  const isShort = name.length <= MOST_OF_A_NAME;
  const hash = (): string => createHash("sha256").update(source).digest("hex");
  return join(cache, "sources", `${isShort ? name : hash()}.json`);
}

/** Names in a folder, none where it is not there. */
export function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isOccupied(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOTEMPTY" || code === "EEXIST";
}
