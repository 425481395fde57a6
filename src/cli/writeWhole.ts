// Files that a command writes: whole or not at all, so that a reader never sees half of one.

import { randomBytes } from "node:crypto";
import { lstatSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cannotWrite, UsageError } from "./errors.ts";

/** What is no plain file (/dev/stdout, a pipe) is written straight. @throws UsageError */
export function writeWhole(file: string, text: string): void {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  const beside = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    if (stat !== undefined && !stat.isFile()) writeFileSync(file, text);
    else {
      writeFileSync(beside, text, { flag: "wx" });
      renameSync(beside, file);
    }
  } catch (error) {
    rmSync(beside, { force: true });
    throw new UsageError(cannotWrite(file, error));
  }
}
