// A file's text replaced as a whole or not at all: a new file is written beside it and takes its name.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { cannotWrite, UsageError } from "./errors.ts";
import { bytesOf } from "./inputs/brokenUtf8.ts";

/**
 * Mode and owner stay. A symbolic link stays one, and the file that it leads to is replaced, if that lies in the link's
 * own folder or below it.
 * @param before the text as it was read
 * @throws UsageError where the file holds another text by now, leads elsewhere or cannot be written
 */
export function replaceFile(path: string, before: string, after: string): void {
  const target = targetOf(path);
  const stat = unchanged(path, target, before);
  const temporary = join(dirname(target), `.${basename(target)}.secctx-${process.pid}`);
  try {
    write(temporary, after, stat);
    unchanged(path, target, before);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (error instanceof UsageError) throw error;
    throw new UsageError(cannotWrite(path, error));
  }
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
  const bytes = readFileSync(target);
  if (bytes.equals(bytesOf(before))) return stat;
  throw new UsageError(`${path} has changed meanwhile: it is not written`);
}

function write(temporary: string, text: string, { mode, uid, gid }: Stats): void {
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(file, bytesOf(text));
    const own = statSync(temporary);
    if (own.uid !== uid || own.gid !== gid) fchownSync(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
