// A file's text replaced as a whole or not at all: a new file is written beside it and takes its name.
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { cannotWrite, UsageError } from "./errors.ts";
import { bytesOf } from "./inputs/brokenUtf8.ts";

/**
 * Mode and owner stay. A symbolic link stays one, and the file that it leads to is replaced, if that lies in the link's
 * own folder or below it. Where the caller cannot give a file to its owner, the text is written into the old file, which
 * gets its own text back where that fails; until it is done the new text lies beside it. A file that nobody may write to
 * (mode 444) is left alone, also by root.
 * @param before the text as it was read
 * @throws UsageError where the file holds another text by now, leads elsewhere or cannot be written
 */
export function replaceFile(path: string, before: string, after: string): void {
  const target = targetOf(path);
  const stat = unchanged(path, target, before);
  const bytes = { before: bytesOf(before), after: bytesOf(after) };
  asUsageError(path, () => replace(target, bytes, stat, () => unchanged(path, target, before)));
}

/**
 * The same of a file that secctx writes for others, whatever it held, or which is not there yet. What is no plain file
 * (/dev/stdout, a pipe, a link) is written straight.
 * @throws UsageError
 */
export function writeWhole(path: string, text: string): void {
  asUsageError(path, () => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    const after = Buffer.from(text);
    if (stat === undefined) create(path, after);
    else if (stat.isFile()) replace(path, { before: readFileSync(path), after }, stat);
    else writeFileSync(path, after);
  });
}

function asUsageError(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(cannotWrite(path, error));
  }
}

function replace(target: string, bytes: Bytes, stat: Stats, check: () => void = () => {}): void {
  const temporary = besideOf(target);
  const isKept = write(temporary, bytes.after, stat);
  try {
    check();
    if (isKept) renameSync(temporary, target);
    else writeInPlace(target, bytes, stat);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function create(path: string, bytes: Uint8Array): void {
  const temporary = besideOf(path);
  try {
    writeFileSync(temporary, bytes, { flag: "wx" });
  } catch (error) {
    // Of a name that is taken it is another's.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") rmSync(temporary, { force: true });
    throw error;
  }
  renameSync(temporary, path);
}

function besideOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.secctx-${process.pid}`);
}

function targetOf(path: string): string {
  if (!lstatSync(path).isSymbolicLink()) return path;
  const target = realpathSync(path);
  const way = relative(realpathSync(dirname(path)), target);
  if (way !== ".." && !way.startsWith(`..${sep}`)) return target;
  throw new UsageError(
    `${path} is a symbolic link that leads out of its folder: it is not written`,
  );
}

/** The file's facts, if it still holds the text. */
function unchanged(path: string, target: string, before: string): Stats {
  const stat = statSync(target);
  if (!stat.isFile()) throw new UsageError(`${path} is no file: it is not written`);
  if ((stat.mode & 0o222) === 0) throw new UsageError(`${path} is read-only: it is not written`);
  const bytes = readFileSync(target);
  if (bytes.equals(bytesOf(before))) return stat;
  throw new UsageError(`${path} has changed meanwhile: it is not written`);
}

/** Whether the new file has the old one's owner and mode: whoever may write to a file need not be able to give one away. */
function write(temporary: string, bytes: Uint8Array, { mode, uid, gid }: Stats): boolean {
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(file, bytes);
    const own = statSync(temporary);
    if ((own.uid !== uid || own.gid !== gid) && !isGiven(file, uid, gid)) return false;
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
    return true;
  } catch (error) {
    rmSync(temporary);
    throw error;
  } finally {
    closeSync(file);
  }
}

function isGiven(file: number, uid: number, gid: number): boolean {
  try {
    fchownSync(file, uid, gid);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPERM") return false;
    throw error;
  }
}

interface Bytes {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Into the very file that was read: no link that took its name meanwhile is followed. */
function writeInPlace(target: string, { before, after }: Bytes, { dev, ino }: Stats): void {
  const file = openSync(target, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    const now = fstatSync(file);
    if (now.dev !== dev || now.ino !== ino) {
      throw new UsageError(`${target} has changed meanwhile: it is not written`);
    }
    try {
      overwrite(file, after);
    } catch (error) {
      // The blocks of the old text are still the file's.
      overwrite(file, before);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

function overwrite(file: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(file, bytes, at, bytes.length - at, at);
  ftruncateSync(file, bytes.length);
  fsyncSync(file);
}
