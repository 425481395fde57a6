// What a command reads: files, folders, globs and standard input, in the order in which they were named.
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./errors.ts";

/** One manifest text; `file` is `<stdin>` for standard input. */
export interface Input {
  readonly file: string;
  readonly text: string;
}

/** Longer texts are refused before they are parsed. */
const MAX_BYTES = 32 * 1024 * 1024;
const MANIFEST = /\.(ya?ml|json)$/i;
const GLOB = /[*?{}[\]]/;

/**
 * Reads every input. A folder is walked for .yaml, .yml and .json files, without following symbolic links.
 * @throws UsageError when nothing is named, a path does not exist, or a folder holds no manifest
 */
export async function readInputs(
  paths: readonly string[],
  isExcluded: (file: string) => boolean = () => false,
): Promise<Input[]> {
  if (paths.length === 0) {
    throw new UsageError("no file given: name a manifest, a folder, or - for standard input");
  }
  const inputs: Input[] = [];
  for (const path of paths) {
    if (path === "-") inputs.push({ file: "<stdin>", text: readBounded(0, "<stdin>") });
    else
      for (const file of await filesAt(path)) {
        // What is named itself is meant.
        if (file === path || !isExcluded(file))
          inputs.push({ file, text: readBounded(file, file) });
      }
  }
  return inputs;
}

async function filesAt(path: string): Promise<string[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return inFolder(path);
  if (stat !== undefined) return [path];
  if (!GLOB.test(path)) throw new UsageError(`no such file or folder: ${path}`);
  // Only a pattern that the shell left alone needs the library.
  const { glob } = await import("tinyglobby");
  const found = await glob(path, { onlyFiles: true, followSymbolicLinks: false, dot: false });
  if (found.length === 0) throw new UsageError(`no file matches ${path}`);
  return found.sort();
}

function inFolder(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && MANIFEST.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (found.length === 0) throw new UsageError(`no .yaml, .yml or .json file in ${folder}`);
  return found;
}

function readBounded(source: string | 0, name: string): string {
  const size = source === 0 ? 0 : lstatSync(source).size;
  if (size > MAX_BYTES) throw tooLarge(name);
  const bytes = readFileSync(source);
  if (bytes.length > MAX_BYTES) throw tooLarge(name);
  return bytes.toString("utf8");
}

function tooLarge(name: string): UsageError {
  return new UsageError(`${name} is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
}
