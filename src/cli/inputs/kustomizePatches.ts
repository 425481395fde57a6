// Which files are patches that a kustomization lays over its resources: parts of objects, which no server ever sees.
import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { readManifest } from "../../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/model/json.ts";

/** As kustomize looks for it in a folder. */
const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

export function isKustomization(file: string): boolean {
  return NAMES.some((name) => name === basename(file));
}

/** Those beside the files and in the folders above them, up to the top of their repository; named as the files are. */
export function kustomizationsAbove(files: readonly string[]): string[] {
  const isNamedWhole = files.some((file) => isAbsolute(file));
  const isTop = (folder: string) => existsSync(join(folder, ".git"));
  return foldersOf(files, isTop).flatMap((folder) => {
    const name = NAMES.find((one) => existsSync(join(folder, one)));
    if (name === undefined) return [];
    const path = join(folder, name);
    return [isNamedWhole ? path : relative(process.cwd(), path)];
  });
}

/** What they may be called in the folders of these paths and above, down from the top; relative to the working directory. */
export function kustomizationNames(paths: readonly string[], top: string): string[] {
  const inside = paths.filter((path) => !relative(top, resolve(path)).startsWith(".."));
  // A path may be a folder.
  const below = inside.map((path) => join(path, NAMES[0]));
  const folders = foldersOf(below, (folder) => folder === top);
  return folders.flatMap((folder) =>
    NAMES.map((name) => relative(process.cwd(), join(folder, name)).split(sep).join("/")),
  );
}

/** The folders of the paths and all above them, each once: absolute. */
function foldersOf(paths: readonly string[], isTop: (folder: string) => boolean): string[] {
  const folders = new Set<string>();
  let last: string | undefined;
  for (const path of paths) {
    const folder = dirname(path);
    if (folder === last) continue;
    last = folder;
    for (let at = dirname(resolve(path)); !folders.has(at); at = dirname(at)) {
      folders.add(at);
      if (isTop(at)) break;
    }
  }
  return [...folders];
}

/** Absolute paths of patches → the kustomization that names them; what one of them takes as a resource is none. */
type Patches = ReadonlyMap<string, string>;

/** @param kustomizations each with its text; one that cannot be read names nothing, and says so elsewhere */
export function patchesOf(
  kustomizations: Iterable<{ readonly file: string; readonly text: string }>,
): Patches {
  const patches = new Map<string, string>();
  const resources = new Set<string>();
  const all = [...kustomizations];
  // Each is read once more with the other files: most name no patch at all, and need not be read here.
  if (!all.some(({ text }) => PATCHES.test(text))) return patches;
  for (const { file, text } of all) {
    for (const { object } of readManifest(text, file).skipped) {
      if (!isJsonObject(object)) continue;
      const absolute = (path: string) => resolve(dirname(file), path);
      for (const path of pathsIn(object)) patches.set(absolute(path), file);
      for (const path of textsIn(object["resources"])) resources.add(absolute(path));
    }
  }
  for (const path of resources) patches.delete(path);
  return patches;
}

/** The key as it is written, or with an escape in it. */
const PATCHES = /patches|\\/;

/** Patches may also stand in the kustomization itself: texts of several lines, which name no file. */
function pathsIn(object: JsonObject): string[] {
  const told = [...itemsOf(object["patches"]), ...itemsOf(object["patchesJson6902"])];
  const paths = told.map((item) => (isJsonObject(item) ? item["path"] : undefined));
  return [...textsIn(paths), ...textsIn(object["patchesStrategicMerge"])].filter(
    (path) => !path.includes("\n"),
  );
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
