// What git leaves out: the .gitignore files around a path, the deepest asked first, as git does.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { IgnoreRules } from "./ignoreRules.ts";

export interface IgnoreFile {
  /** Absolute; the rules speak of paths below it. */
  readonly base: string;
  readonly rules: IgnoreRules;
}

/** The rules of a folder's own .gitignore: one or none. */
export function ignoreFilesIn(folder: string): Promise<readonly IgnoreFile[]> {
  return rulesAt(folder, join(folder, ".gitignore"));
}

/** The rules that hold for a folder from above, up to the top of its repository; none where it is in no repository. */
export async function ignoreFilesAbove(folder: string): Promise<readonly IgnoreFile[]> {
  const top = topOf(resolve(folder));
  if (top === undefined) return [];
  const files: IgnoreFile[] = [];
  for (let at = resolve(folder); at !== top; ) {
    at = dirname(at);
    files.unshift(...(await ignoreFilesIn(at)));
  }
  const excluded = await rulesAt(top, join(top, ".git", "info", "exclude"));
  return [...excluded, ...files];
}

/** @param path absolute @param files the outermost first */
export function isIgnored(path: string, isFolder: boolean, files: readonly IgnoreFile[]): boolean {
  for (let index = files.length - 1; index >= 0; index -= 1) {
    const file = files[index];
    if (file === undefined) continue;
    const inside = relative(file.base, path);
    if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`)) continue;
    const said = file.rules(isFolder ? `${inside}/` : inside);
    if (said !== undefined) return said === "ignored";
  }
  return false;
}

function topOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : topOf(above);
}

async function rulesAt(base: string, file: string): Promise<readonly IgnoreFile[]> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  if (!/^\s*[^\s#]/m.test(text)) return [];
  // Only who has rules needs the library.
  const { ignoreRules } = await import("./ignoreRules.ts");
  return [{ base: resolve(base), rules: ignoreRules(text) }];
}
