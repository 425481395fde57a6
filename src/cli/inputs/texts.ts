// The texts that a command reads, and what is in them: pods, what was skipped and why, what could not be read.
import { resolve } from "node:path";
import type { SkippedDocument } from "../../core/answers/checked.ts";
import type { Manifest, ManifestError, PodDocument } from "../../core/manifest/manifest.ts";
import type { JsonValue } from "../../core/model/json.ts";
import { type FileToRead, findInputs, readInput, wholeFile } from "../inputs.ts";
import { STDIN } from "./findFiles.ts";
import type { LeftOut } from "./found.ts";
import { isKustomization, kustomizationsAbove, patchesOf } from "./kustomizePatches.ts";
import { leftOutOf } from "./leftOut.ts";
import { isChartTemplate, mendedErrors, type ReadInput, templateAnswer } from "./mended.ts";
import { kustomizePatch } from "./template.ts";

/** Files that are left out, and who says so. */
export interface Exclusion {
  readonly isExcluded: (file: string) => boolean;
  readonly by: string;
}

export interface Texts {
  readonly inputs: readonly ReadInput[];
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
  /** Files that were to be read. */
  readonly files: number;
}

export interface ReadPlan {
  /** Which reads them. */
  readonly command: string;
  readonly maxBytes: number;
  readonly exclusion?: Exclusion | undefined;
  /** Also a template that was named is skipped and told: hooks name every file that changed. */
  readonly skipsTemplates?: boolean;
}

/** @throws UsageError when nothing is named; whatever is wrong with a file is in `errors` */
export async function readTexts(
  paths: readonly string[],
  { command, maxBytes, exclusion, skipsTemplates = false }: ReadPlan,
): Promise<Texts> {
  const found = await findInputs(paths, (file) =>
    exclusion?.isExcluded(file) === true ? `excluded by ${exclusion.by}` : undefined,
  );
  const all: Sorted = { inputs: [], errors: [...found.errors], skipped: [] };
  all.skipped.push(...found.leftOut.map(skippedWhole));
  const kustomizations = kustomizationsAmong(found.files, maxBytes);
  const patches = patchesOf([...kustomizations.values()].filter((one) => "text" in one));
  for (const { path, isNamed } of found.files) {
    const patched = patches.size === 0 ? undefined : patches.get(resolve(path));
    if (patched !== undefined) {
      all.skipped.push(skippedWhole({ file: path, reason: kustomizePatch(patched, command) }));
      continue;
    }
    const read = kustomizations.get(path) ?? readInput(path, maxBytes);
    if ("message" in read) all.errors.push(wholeFile(path, read.message));
    else sortIn({ ...read, command, isNamed: isNamed && !skipsTemplates }, all);
  }
  return { ...all, files: found.files.length };
}

/** By path. Some are found on the way; beside the files and above them they are looked for. */
function kustomizationsAmong(
  files: readonly FileToRead[],
  maxBytes: number,
): ReadonlyMap<string, ReturnType<typeof readInput>> {
  const paths = files.map(({ path }) => path).filter((path) => path !== STDIN);
  const known = paths.filter(isKustomization);
  const found = new Set(known.map((path) => resolve(path)));
  const others = kustomizationsAbove(paths).filter((path) => !found.has(resolve(path)));
  return new Map([...known, ...others].map((path) => [path, readInput(path, maxBytes)]));
}

interface Sorted {
  readonly inputs: ReadInput[];
  readonly errors: ManifestError[];
  readonly skipped: SkippedDocument[];
}

/** A chart's template is no manifest, whatever YAML says; what is empty is one, and yet is told. */
export function sortIn(input: ReadInput, { inputs, errors, skipped }: Sorted): void {
  if (!isChartTemplate(input)) {
    inputs.push(input);
    if (isEmpty(input.text)) skipped.push(emptyInput(input.file));
    return;
  }
  const template = templateAnswer(input);
  errors.push(...template.errors);
  skipped.push(...template.skipped);
}

/** A line that holds more than a comment or a mark of a document. */
const CONTENT = /^(?!\ufeff?[ \t]*(?:#.*)?\r?$|\ufeff?(?:---|\.\.\.)[ \t]*(?:#.*)?\r?$)/m;

function isEmpty(text: string): boolean {
  return !CONTENT.test(text);
}

function emptyInput(file: string): SkippedDocument {
  return file === "<stdin>"
    ? { file, whole: "input", document: 0, kind: "", reason: "empty: nothing came in" }
    : { file, whole: "file", document: 0, kind: "", reason: "empty" };
}

/** A folder's name ends with a slash. */
export function skippedWhole({ file, reason }: LeftOut): SkippedDocument {
  const whole = file.endsWith("/") ? "folder" : "file";
  return { file, whole, document: 0, kind: "", reason };
}

export interface Part {
  readonly pods: readonly PodDocument[];
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
  /** Those that were skipped. */
  readonly objects: readonly JsonValue[];
}

/** What is in a text, as it is read; its errors come last, since only all of them tell what it is. */
export function* partsOf(input: ReadInput, read: Iterable<Manifest>): Generator<Part> {
  const errors: ManifestError[] = [];
  for (const part of read) {
    const left = leftOutOf(part, input);
    errors.push(...left.errors);
    if (part.pods.length + part.skipped.length === 0) continue;
    yield {
      pods: part.pods,
      errors: [],
      skipped: left.skipped,
      objects: part.skipped.map(({ object }) => object),
    };
  }
  const { errors: told, skipped } = mendedErrors(input, errors);
  if (told.length + skipped.length > 0) yield { pods: [], errors: told, skipped, objects: [] };
}
