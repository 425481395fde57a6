// How a file is seen to be the same as before, without reading it.
import { statSync } from "node:fs";

/** Changes when the file is written again or replaced; undefined when it is not there. */
export function fileStamp(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(":");
}
