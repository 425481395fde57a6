// Removes a folder as removeTree does, with its directories side by side: a disk that is told of freed blocks (mount option
// `discard`) makes the end of each last, and that of a pod has some dozens.
import { lstatSync, readdirSync, rmdir, unlinkSync } from "node:fs";
import { removeTree } from "./removeTree.ts";

/** Directories at once; what a tree has more goes step by step. */
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
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true, encoding: "buffer" })) {
      const path = Buffer.concat([folder, Buffer.from("/"), Buffer.from(entry.name)]);
      if (!entry.isDirectory()) unlinkSync(path);
      else if (budget.left > 0) {
        budget.left -= 1;
        below.push(emptied(path, budget));
      }
    }
  } finally {
    // Nothing may still be under way when somebody else looks.
    await Promise.allSettled(below);
  }
  await new Promise<void>((resolve, reject) => {
    rmdir(folder, (error) => (error === null ? resolve() : reject(error)));
  });
}
