// All pods of all inputs of a command.
import type { SkippedDocument } from "../core/answers/checked.ts";
import {
  type ManifestError,
  type ManifestOptions,
  type PodDocument,
  readManifest,
} from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { OptionValues } from "./command.ts";
import { partsOf, type ReadPlan, readTexts, type Texts } from "./inputs/texts.ts";
import { readLimits } from "./limits.ts";

export interface Manifests {
  readonly pods: readonly PodDocument[];
  readonly errors: readonly ManifestError[];
  /** Documents without a pod, and files that were left out: each with its place and why it was skipped. */
  readonly skipped: readonly SkippedDocument[];
  /** Files that were to be read. */
  readonly files: number;
  /** These documents, where they are objects: ConfigMaps, Secrets, claims … */
  readonly objects: readonly JsonObject[];
}

/** Reads what the command names; `--pod-path` tells custom kinds. @throws UsageError when nothing is named */
export async function readManifests(
  paths: readonly string[],
  options: OptionValues,
  reading: Pick<ReadPlan, "command" | "exclusion">,
): Promise<Manifests> {
  const limits = readLimits(options);
  return manifestsIn(await readTexts(paths, { maxBytes: limits.maxBytes, ...reading }), limits);
}

/** What is in texts that have been read. */
export function manifestsIn(
  { inputs, errors, skipped, files }: Texts,
  limits: ManifestOptions,
): Manifests {
  const all = {
    pods: [] as PodDocument[],
    errors: [...errors],
    skipped: [...skipped],
    objects: [] as JsonObject[],
    files,
  };
  for (const input of inputs) {
    for (const part of partsOf(input, [readManifest(input.text, input.file, limits)])) {
      all.pods.push(...part.pods);
      all.errors.push(...part.errors);
      all.skipped.push(...part.skipped);
      all.objects.push(...part.objects.filter(isJsonObject));
    }
  }
  return all;
}
