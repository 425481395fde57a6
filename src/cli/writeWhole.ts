// Files that a command writes: whole or not at all, so that a reader never sees half of one.

import { randomBytes } from "node:crypto";
import { lstatSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cannotWrite, UsageError } from "./errors.ts";

/** What is no plain file (/dev/stdout, a pipe) is written straight. @throws UsageError */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) writeFileSync(file, text);
    else {
      writeFileSync(beside, text, { flag: "wx" });
      renameSync(beside, file);
    }
  } catch (error) {
    removeOwn(beside);
    throw new UsageError(cannotWrite(file, error));
  }
}

/** Where even that is not allowed, there is none. */
function removeOwn(beside: string): void {
  try {
    rmSync(beside, { force: true });
  } catch {}
}
