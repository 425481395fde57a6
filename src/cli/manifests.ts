// All pods of all inputs of a command.
import { type ManifestError, type PodDocument, readManifest } from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { OptionValues } from "./command.ts";
import { readInputs } from "./inputs.ts";

export interface Manifests {
  readonly pods: readonly PodDocument[];
  readonly errors: readonly ManifestError[];
  /** Documents without a pod. */
  readonly skipped: number;
  /** These documents, where they are objects: ConfigMaps, Secrets, claims … */
  readonly objects: readonly JsonObject[];
}

/** Reads what the command names; `--pod-path` tells custom kinds. @throws UsageError */
export async function readManifests(
  paths: readonly string[],
  options: OptionValues,
): Promise<Manifests> {
  const podPaths = Array.isArray(options["podPath"])
    ? (options["podPath"] as readonly string[])
    : [];
  const pods: PodDocument[] = [];
  const errors: ManifestError[] = [];
  const objects: JsonObject[] = [];
  let skipped = 0;
  for (const { file, text } of await readInputs(paths)) {
    const manifest = readManifest(text, file, { podPaths });
    pods.push(...manifest.pods);
    errors.push(...manifest.errors);
    skipped += manifest.skipped.length;
    objects.push(...manifest.skipped.map(({ object }) => object).filter(isJsonObject));
  }
  return { pods, errors, skipped, objects };
}
