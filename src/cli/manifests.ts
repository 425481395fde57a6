// All pods of all inputs of a command.
import type { SkippedDocument } from "../core/answers/checked.ts";
import {
  type SuppressionComment,
  suppressionComments,
} from "../core/answers/suppress/suppressionComments.ts";
import { type ManifestError, type PodDocument, readManifest } from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { OptionValues } from "./command.ts";
import {
  isChartTemplate,
  mendedErrors,
  type ReadInput,
  templateAnswer,
  whySkipped,
} from "./inputs/mended.ts";
import { type FileToRead, findInputs, readInput, wholeFile } from "./inputs.ts";
import { type ReadLimits, readLimits } from "./limits.ts";

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

/** Reads what the command names; `--pod-path` tells custom kinds. @throws UsageError when nothing is named */
export async function readManifests(
  paths: readonly string[],
  options: OptionValues,
  exclusion?: Exclusion,
): Promise<Manifests> {
  const limits = readLimits(options);
  const found = await findInputs(paths, (file) =>
    exclusion?.isExcluded(file) === true ? `excluded by ${exclusion.by}` : undefined,
  );
  const all = {
    pods: [] as PodDocument[],
    errors: [...found.errors],
    objects: [] as JsonObject[],
    skippedDocuments: found.leftOut.map(
      (one): SkippedDocument => ({ ...one, document: 0, kind: "" }),
    ),
    comments: [] as SuppressionComment[],
  };
  for (const file of found.files) {
    const read = readFile(file, limits);
    all.pods.push(...read.pods);
    all.errors.push(...read.errors);
    all.objects.push(...read.objects);
    all.skippedDocuments.push(...read.skipped);
    all.comments.push(...read.comments);
  }
  return { ...all, skipped: all.skippedDocuments.length, files: found.files.length };
}

interface ReadFile {
  readonly pods: readonly PodDocument[];
  readonly errors: readonly ManifestError[];
  readonly objects: readonly JsonObject[];
  readonly skipped: readonly SkippedDocument[];
  readonly comments: readonly SuppressionComment[];
}

const NOTHING: ReadFile = { pods: [], errors: [], objects: [], skipped: [], comments: [] };

/** Whatever is wrong with it is an error in the answer. */
function readFile({ path, isNamed }: FileToRead, limits: ReadLimits): ReadFile {
  const read = readInput(path, limits.maxBytes);
  if ("message" in read) return { ...NOTHING, errors: [wholeFile(path, read.message)] };
  const input: ReadInput = { ...read, isNamed };
  if (isChartTemplate(input)) return { ...NOTHING, ...templateAnswer(input) };
  const { file, text } = input;
  const manifest = readManifest(text, file, limits);
  const mended = mendedErrors(input, manifest.errors);
  const skipped = manifest.skipped.map((one) => ({
    file,
    document: one.document,
    kind: one.kind,
    reason: whySkipped(file, one),
  }));
  return {
    pods: manifest.pods,
    errors: mended.errors,
    objects: manifest.skipped.map(({ object }) => object).filter(isJsonObject),
    skipped: [...mended.skipped, ...skipped],
    comments: suppressionComments(text, file),
  };
}
