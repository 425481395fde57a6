// Files, folders, patterns and `-` → the files that are to be read, in the order in which they were named.
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { nearWord } from "../../core/rules/nearWord.ts";
import { cannotRead } from "../errors.ts";
import type { FoundFiles } from "./found.ts";
import { type IgnoreFile, ignoreFilesAbove, isIgnored } from "./gitIgnore.ts";
import { walkFolder } from "./walkFolder.ts";

/** Standard input among the files. */
export const STDIN = "-";
const GLOB = /[*?{}[\]]/;

export async function findFiles(path: string): Promise<FoundFiles> {
  if (path === STDIN) return { files: [STDIN], leftOut: [], errors: [] };
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return inFolder(path);
    if (stat !== undefined) return { files: [path], leftOut: [], errors: [] };
  } catch (error) {
    return failed(path, cannotRead(path, error));
  }
  if (GLOB.test(path)) return matching(path);
  const fetched = /^https?:\/\//.test(path) ? `: pipe it to - (curl -fsSL ${path})` : "";
  return failed(path, `no such file or folder: ${path}${fetched || meantBy(path)}`);
}

/** Of what lies in the same folder. */
function meantBy(path: string): string {
  try {
    const near = nearWord(basename(path), readdirSync(dirname(path)));
    return near === undefined ? "" : `; did you mean ${join(dirname(path), near)}?`;
  } catch {
    return "";
  }
}

async function inFolder(folder: string): Promise<FoundFiles> {
  const found = await walkFolder(folder);
  const { files, leftOut, errors } = found;
  if (files.length + leftOut.length + errors.length > 0) return found;
  return failed(folder, `no .yaml, .yml or .json file in ${folder}`);
}

/** A pattern that the shell left alone, so the library is needed. It finds what a folder of that name holds. */
async function matching(pattern: string): Promise<FoundFiles> {
  const { glob } = await import("tinyglobby");
  const options = {
    ignore: ["**/.git/**"],
    onlyFiles: true,
    followSymbolicLinks: false,
    dot: true,
  };
  const all = (await glob(pattern, options)).sort();
  if (all.length === 0) return failed(pattern, `no file matches ${pattern}`);
  const rules = new Map<string, readonly IgnoreFile[]>();
  const files: string[] = [];
  const leftOut: { file: string; reason: string }[] = [];
  for (const file of all) {
    // The rules of a file's own folder count as those above its path.
    const folder = dirname(resolve(file));
    const own = rules.get(folder) ?? (await ignoreFilesAbove(resolve(file)));
    rules.set(folder, own);
    if (isIgnoredBelow(resolve(file), own)) {
      leftOut.push({ file, reason: "ignored by .gitignore" });
    } else files.push(file);
  }
  return { files, leftOut, errors: [] };
}

/** A file in an ignored folder is ignored too. */
function isIgnoredBelow(file: string, rules: readonly IgnoreFile[]): boolean {
  const [outermost] = rules;
  if (outermost === undefined) return false;
  const steps = relative(outermost.base, file).split(sep);
  return steps.some((_, index) => {
    const path = resolve(outermost.base, ...steps.slice(0, index + 1));
    return isIgnored(path, index < steps.length - 1, rules);
  });
}

function failed(file: string, message: string): FoundFiles {
  return { files: [], leftOut: [], errors: [{ file, message }] };
}
