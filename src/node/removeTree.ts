// Removes a folder with everything in it and follows no symlink, also where its directories forbid their own change.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { needProgram } from "./programs.ts";

/**
 * What is not there is removed already.
 * @throws what the system says, when something cannot be removed
 */
export function removeTree(path: string): void {
  const folder = Buffer.from(path);
  try {
    remove(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Deeper than any path may be long, or an attribute forbids it: a program that goes step by step knows more.
    if (code === "EACCES" || code === "EPERM") allowChange(folder);
    spawnSync(needProgram("rm"), ["-rf", "--one-file-system", "--", path], { stdio: "ignore" });
    if (existsSync(path)) throw error;
  }
}

/** Names may be no text at all, so they stay bytes. Node's own rmSync asks before and after each and is ten times slower. */
function remove(path: Buffer): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) empty(path);
  else unlinkSync(path);
}

function empty(folder: Buffer): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: "buffer" })) {
    const path = inside(folder, entry.name);
    if (entry.isDirectory()) empty(path);
    else unlinkSync(path);
  }
  rmdirSync(folder);
}

/** An ordinary user may not delete in a directory without `w`, though it is his own. */
function allowChange(folder: Buffer): void {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return;
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: "buffer" })) {
    if (entry.isDirectory()) allowChange(inside(folder, entry.name));
  }
}

function inside(folder: Buffer, name: string | Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from("/"), Buffer.from(name)]);
}
