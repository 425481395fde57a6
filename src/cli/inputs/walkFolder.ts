// The manifests below a folder: what git ignores and symbolic links are left out, and each of them is told.
import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { cannotRead } from "../errors.ts";
import type { FoundFiles, LeftOut } from "./found.ts";
import { type IgnoreFile, ignoreFilesAbove, ignoreFilesIn, isIgnored } from "./gitIgnore.ts";

const MANIFEST = /\.(ya?ml|json)$/i;
const KUSTOMIZATION = /^kustomization$/i;

/** In the order of their paths. Errors are folders that cannot be read. */
export async function walkFolder(folder: string): Promise<FoundFiles> {
  const above = await ignoreFilesAbove(folder);
  // A folder that is named itself is meant, whatever is said of it from above.
  const files = isIgnored(resolve(folder), true, above) ? [] : above;
  const found: Found = { files: [], leftOut: [], errors: [] };
  await walk(folder, files, found);
  found.files.sort();
  return found;
}

interface Found {
  readonly files: string[];
  readonly leftOut: LeftOut[];
  readonly errors: { readonly file: string; readonly message: string }[];
}

async function walk(folder: string, above: readonly IgnoreFile[], found: Found): Promise<void> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    found.errors.push({ file: folder, message: cannotRead(folder, error) });
    return;
  }
  const own = entries.some(({ name }) => name === ".gitignore") ? await ignoreFilesIn(folder) : [];
  const rules = [...above, ...own];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if (entry.name === ".git" || !(isFolder || isManifest(entry, path))) continue;
    if (isIgnored(resolve(path), isFolder, rules)) {
      found.leftOut.push({ file: isFolder ? `${path}/` : path, reason: "ignored by .gitignore" });
    } else if (isFolder) await walk(path, rules, found);
    else if (entry.isFile()) found.files.push(path);
    else if (entry.isSymbolicLink()) found.leftOut.push({ file: path, reason: "a symbolic link" });
  }
}

export function isManifestName(name: string): boolean {
  return MANIFEST.test(name) || KUSTOMIZATION.test(name);
}

/** By its name; a link also if it leads to a folder, which may hold manifests. */
function isManifest(entry: Dirent, path: string): boolean {
  if (isManifestName(entry.name)) return true;
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
