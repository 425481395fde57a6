// Which files are patches that a kustomization lays over its resources: parts of objects, which no server ever sees.
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readManifest } from "../../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/model/json.ts";

/** As kustomize looks for it in a folder. */
const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

export function isKustomization(file: string): boolean {
  return NAMES.some((name) => name === basename(file));
}

/** Those beside the files, whose folders nobody walked. */
export function kustomizationsBeside(files: readonly string[]): string[] {
  const folders = new Set(files.map((file) => dirname(file)));
  return [...folders].flatMap((folder) => {
    const name = NAMES.find((one) => existsSync(join(folder, one)));
    return name === undefined ? [] : [join(folder, name)];
  });
}

/** Absolute paths of patches → the kustomization that names them; what one of them takes as a resource is none. */
type Patches = ReadonlyMap<string, string>;

/** @param kustomizations each with its text; one that cannot be read names nothing, and says so elsewhere */
export function patchesOf(
  kustomizations: Iterable<{ readonly file: string; readonly text: string }>,
): Patches {
  const patches = new Map<string, string>();
  const resources = new Set<string>();
  for (const { file, text } of kustomizations) {
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
