// Removes a folder as removeTree does, but side by side: where a disk is told of each freed block (mount option `discard`) every
// end is waited for, and a pod has some dozens.
import { lstatSync, readdirSync, rmdir, unlink } from "node:fs";
import { removeTree } from "./removeTree.ts";

/** Entries; what a tree has more goes step by step. */
const MOST = 256;

/**
 * What is not there is removed already.
 * @throws what the system says, when something cannot be removed
 */
export async function removeTreeWide(path: string): Promise<void> {
  const folder = Buffer.from(path);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) {
    await emptied(folder, { left: MOST }).catch(() => {});
  }
  // It knows more of what would not go.
  removeTree(path);
}

async function emptied(folder: Buffer, budget: { left: number }): Promise<void> {
  const below: Promise<void>[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: "buffer" })) {
    if (budget.left === 0) break;
    budget.left -= 1;
    const path = Buffer.concat([folder, Buffer.from("/"), Buffer.from(entry.name)]);
    below.push(entry.isDirectory() ? emptied(path, budget) : gone(unlink, path));
  }
  // Nothing may still be under way when somebody else looks.
  await Promise.allSettled(below);
  await gone(rmdir, folder);
}

function gone(remove: typeof unlink | typeof rmdir, path: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    remove(path, (error) => (error === null ? resolve() : reject(error)));
  });
}
