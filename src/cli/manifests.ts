// All pods of all inputs of a command.
import type { SkippedDocument } from "../core/answers/checked.ts";
import {
  type SuppressionComment,
  suppressionComments,
} from "../core/answers/suppress/suppressionComments.ts";
import { type ManifestError, type PodDocument, readManifest } from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { OptionValues } from "./command.ts";
import { readInputs } from "./inputs.ts";

export interface Manifests {
  readonly pods: readonly PodDocument[];
  readonly errors: readonly ManifestError[];
  /** Documents without a pod. */
  readonly skipped: number;
  /** The same, each with its place and why it was skipped. */
  readonly skippedDocuments: readonly SkippedDocument[];
  /** Files that were read. */
  readonly files: number;
  /** What the texts themselves say is accepted. */
  readonly comments: readonly SuppressionComment[];
  /** These documents, where they are objects: ConfigMaps, Secrets, claims … */
  readonly objects: readonly JsonObject[];
}

/** Files of folders and patterns that are left out, and who says so. */
export interface Exclusion {
  readonly isExcluded: (file: string) => boolean;
  readonly by: string;
}

/** Reads what the command names; `--pod-path` tells custom kinds. @throws UsageError */
export async function readManifests(
  paths: readonly string[],
  options: OptionValues,
  exclusion?: Exclusion,
): Promise<Manifests> {
  const podPaths = Array.isArray(options["podPath"])
    ? (options["podPath"] as readonly string[])
    : [];
  const pods: PodDocument[] = [];
  const errors: ManifestError[] = [];
  const objects: JsonObject[] = [];
  const skippedDocuments: SkippedDocument[] = [];
  const comments: SuppressionComment[] = [];
  const inputs = await readInputs(paths, (file) => {
    if (exclusion?.isExcluded(file) !== true) return false;
    skippedDocuments.push({ file, document: 0, kind: "", reason: `excluded by ${exclusion.by}` });
    return true;
  });
  for (const { file, text } of inputs) {
    const manifest = readManifest(text, file, { podPaths });
    pods.push(...manifest.pods);
    errors.push(...manifest.errors);
    comments.push(...suppressionComments(text, file));
    for (const { document, kind } of manifest.skipped) {
      skippedDocuments.push({ file, document, kind, reason: "no workload" });
    }
    objects.push(...manifest.skipped.map(({ object }) => object).filter(isJsonObject));
  }
  const skipped = skippedDocuments.length;
  return { pods, errors, skipped, skippedDocuments, comments, objects, files: inputs.length };
}
