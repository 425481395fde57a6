// Where the logs of a pod in the background lie: a folder for each container, a file for each of its starts, as kubelets have it.
import { statSync } from "node:fs";
import { join } from "node:path";
import { namesIfThere } from "../../node/ifThere.ts";

/** `/var/log/pods/…/app/0.log`, and `0.log.3` for what was written to it before. */
export interface LogFile {
  readonly path: string;
  /** Of the container, from 0. */
  readonly attempt: number;
  /** The pieces that were put aside are numbered in their order; the one that is written to is behind them all. */
  readonly piece: number;
  /** Tells the file, whatever its name has become. */
  readonly inode: number;
}

const NAME = /^(\d+)\.log(?:\.(\d+))?$/;

export function logFolder(pod: string, container: string): string {
  return join(pod, "logs", container);
}

export function currentLog(folder: string, attempt: number): string {
  return join(folder, `${attempt}.log`);
}

/** In the order in which they were written. */
export function logFiles(folder: string): LogFile[] {
  const found: LogFile[] = [];
  for (const name of namesIfThere(folder)) {
    const [matched, attempt, piece] = NAME.exec(name) ?? [];
    const path = join(folder, name);
    const inode = statSync(path, { throwIfNoEntry: false })?.ino;
    // Removed just now, or nobody's log.
    if (matched === undefined || inode === undefined) continue;
    const place = piece === undefined ? Number.POSITIVE_INFINITY : Number(piece);
    found.push({ path, attempt: Number(attempt), piece: place, inode });
  }
  const inOrder = found.sort(
    (a, b) => a.attempt - b.attempt || (a.piece < b.piece ? -1 : Number(a.piece > b.piece)),
  );
  // Renamed while the folder was read: then it was met twice.
  return inOrder.filter(({ inode }, at) => inOrder.findIndex((one) => one.inode === inode) === at);
}
