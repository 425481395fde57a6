// How a diff calls a file: a patch names files from where it is applied, and no `..` in it is taken by git or patch.
import { relative, resolve } from "node:path";

/**
 * From the working directory where the file is below it; else from the root, as `git diff --no-index` of a whole path
 * has it (`patch -p1 -d /` applies it).
 */
export function diffName(file: string, folder: string): string {
  if (file === "<stdin>") return file;
  const whole = resolve(folder, file);
  const below = relative(folder, whole);
  return below.split("/")[0] === ".." ? whole : below;
}
