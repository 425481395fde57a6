// What a command reads: files, folders, patterns and standard input, in the order in which they were named.
import { resolve } from "node:path";
import type { ManifestError } from "../core/manifest/manifest.ts";
import { UsageError } from "./errors.ts";
import type { BrokenByte } from "./inputs/brokenUtf8.ts";
import { findFiles, STDIN } from "./inputs/findFiles.ts";
import { readText, type Unreadable } from "./inputs/readText.ts";

/** One manifest text; `file` is `<stdin>` for standard input. */
export interface Input {
  readonly file: string;
  readonly text: string;
}
export interface FileToRead {
  /** `-` is standard input. */
  readonly path: string;
  /** By a person, not found in a folder or by a pattern. */
  readonly isNamed: boolean;
}
export interface FoundInputs {
  readonly files: readonly FileToRead[];
  /** Files and folders that are not read, each with its reason. */
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
  readonly errors: readonly ManifestError[];
}

/** Longer texts are refused before they are parsed, unless `--max-file-bytes` says otherwise. */
export const MAX_FILE_BYTES: number = 32 * 1024 * 1024;

/** Why a file is left out, if it is. */
export type WhyExcluded = (file: string) => string | undefined;

/** Looks for every input; nothing is read yet. @throws UsageError when nothing is named */
export async function findInputs(
  paths: readonly string[],
  whyExcluded: WhyExcluded = () => undefined,
): Promise<FoundInputs> {
  if (paths.length === 0) {
    throw new UsageError("no file given: name a manifest, a folder, or - for standard input");
  }
  const files = new Map<string, FileToRead>();
  const leftOut: { file: string; reason: string }[] = [];
  const errors: ManifestError[] = [];
  for (const path of paths) {
    const found = await findFiles(path);
    leftOut.push(...found.leftOut);
    errors.push(...found.errors.map(({ file, message }) => wholeFile(file, message)));
    for (const file of found.files) {
      const isNamed = file === path;
      // Also of what is named itself: hooks name every file that changed.
      const reason = file === STDIN ? undefined : whyExcluded(file);
      if (reason !== undefined) {
        leftOut.push({ file, reason });
        continue;
      }
      // What is named twice is read once.
      const key = file === STDIN ? STDIN : resolve(file);
      const known = files.get(key);
      files.set(key, {
        path: known?.path ?? file,
        isNamed: isNamed || known?.isNamed === true,
      });
    }
  }
  return { files: [...files.values()], leftOut, errors };
}

/** One of them. */
export function readInput(
  path: string,
  maxBytes: number = MAX_FILE_BYTES,
): (Input & { readonly broken: readonly BrokenByte[] }) | Unreadable {
  const read = readText(path === STDIN ? undefined : path, maxBytes);
  return "message" in read ? read : { file: path === STDIN ? "<stdin>" : path, ...read };
}

/** A file of which nothing can be said but that it cannot be read: no place, no excerpt. */
export function wholeFile(file: string, message: string): ManifestError {
  return { file, document: 0, line: 1, column: 1, message, excerpt: "" };
}
