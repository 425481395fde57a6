// Removes a folder with everything in it and follows no symlink, also where its directories forbid their own change.
import { chmodSync, lstatSync, readdirSync, rmSync } from "node:fs";

/** What is not there is removed already. */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    allowChange(Buffer.from(path));
    rmSync(path, { recursive: true, force: true });
  }
}

/** An ordinary user may not delete in a directory without `w`, though it is his own. */
function allowChange(folder: Buffer): void {
  if (!lstatSync(folder).isDirectory()) return;
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: "buffer" })) {
    if (entry.isDirectory()) {
      allowChange(Buffer.concat([folder, Buffer.from("/"), Buffer.from(entry.name)]));
    }
  }
}
