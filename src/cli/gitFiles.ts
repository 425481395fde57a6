// Manifests of a git revision, read by git itself: nothing is checked out, and no path leads out of the repository.
import { existsSync } from "node:fs";
import { posix, resolve } from "node:path";
import type { SkippedDocument } from "../core/answers/checked.ts";
import type { ManifestError } from "../core/manifest/manifest.ts";
import { git, gitText } from "./git.ts";
import { type Revision, revisionsOf } from "./gitRevisions.ts";
import { isKustomization, kustomizationNames, patchesOf } from "./inputs/kustomizePatches.ts";
import type { ReadInput } from "./inputs/mended.ts";
import { decoded, tooLarge } from "./inputs/readText.ts";
import { kustomizePatch } from "./inputs/template.ts";
import { type ReadPlan, readTexts, skippedWhole, sortIn, type Texts } from "./inputs/texts.ts";
import { isManifestName } from "./inputs/walkFolder.ts";
import { type Input, wholeFile } from "./inputs.ts";

interface Blob {
  readonly id: string;
  readonly bytes: number;
  readonly file: string;
}

const LINK = "120000";
const MODE_OF_FILES = /^100/;
/** Of `git cat-file --batch`, before each blob. */
const HEAD_BYTES = 100;

/** One of the two that are compared. */
export interface Side extends Texts {
  readonly revision?: string;
}

/**
 * Both revisions, or one and the working tree.
 * @param revisions `A..B`; `A...B` is what B changed since it left A; A alone is compared with the working tree
 * @throws UsageError with git's own words
 */
export async function gitSides(
  revisions: string,
  paths: readonly string[],
  plan: ReadPlan,
): Promise<readonly [Side, Side]> {
  const { from, to } = revisionsOf(revisions);
  const before = gitTexts(from, paths, plan);
  const after = to === undefined ? await workingTree(paths, plan) : gitTexts(to, paths, plan);
  const found = [before, after].flatMap(({ inputs, errors, skipped }) =>
    [...inputs, ...errors, ...skipped].map(({ file }) => file),
  );
  // A path may be missing in one of them: what it holds is new, or gone.
  const missing = paths.filter((path) => !found.some((file) => isBelow(file, path)));
  const where = [...new Set([from.name, to?.name ?? "the working tree"])].join(" or ");
  const errors = missing.map((path) => wholeFile(path, `no manifest at ${path} in ${where}`));
  return [
    { ...before, revision: from.name },
    {
      ...after,
      ...(to === undefined ? {} : { revision: to.name }),
      errors: [...after.errors, ...errors],
    },
  ];
}

/** As it lies there, with what nobody added yet and without what git ignores. A path may be gone. */
async function workingTree(paths: readonly string[], plan: ReadPlan): Promise<Texts> {
  const told = paths.length === 0 ? ["."] : paths.map((path) => posix.normalize(path));
  const there = told.filter((path) => existsSync(path));
  if (there.length === 0) return { inputs: [], errors: [], skipped: [], files: 0 };
  return readTexts(there, plan);
}

function isBelow(file: string, path: string): boolean {
  const whole = posix.normalize(path).replace(/\/$/, "");
  return whole === "." || file === whole || file.startsWith(`${whole}/`);
}

/**
 * The manifests of a revision below the paths (none: all below the working directory), in git's order.
 * @throws UsageError with git's own words
 */
function gitTexts(
  { name: revision, commit }: Revision,
  paths: readonly string[],
  { command, maxBytes, exclusion }: ReadPlan,
): Texts {
  const rows = gitText(["ls-tree", "-r", "-l", "-z", commit, "--", ...paths]).split("\0");
  const named = new Set(paths.map((path) => posix.normalize(path)));
  const blobs: Blob[] = [];
  const inputs: ReadInput[] = [];
  const errors: ManifestError[] = [];
  const skipped: SkippedDocument[] = [];
  for (const row of rows) {
    const [, mode = "", id = "", size = "", file = ""] = ROW.exec(row) ?? [];
    const isNamed = named.has(file);
    if (!isNamed && !isManifestName(posix.basename(file))) continue;
    if (mode === LINK) skipped.push(skippedWhole({ file, reason: "a symbolic link" }));
    else if (!MODE_OF_FILES.test(mode)) continue;
    else if (exclusion?.isExcluded(file) === true) {
      skipped.push(skippedWhole({ file, reason: `excluded by ${exclusion.by}` }));
    } else blobs.push({ id, bytes: Number(size), file });
  }
  const small = blobs.filter(({ bytes }) => bytes <= maxBytes);
  const contents = contentsOf(small);
  const above = contentsOf(blobsAbove(commit, paths, maxBytes));
  const patches = patchesOf(kustomizationsAmong(new Map([...contents, ...above]), revision));
  for (const blob of blobs) {
    const { file } = blob;
    const patched = patches.get(resolve(file));
    if (patched !== undefined) {
      skipped.push(skippedWhole({ file, reason: kustomizePatch(patched, command) }));
      continue;
    }
    const name = `${revision}:${file}`;
    const content = contents.get(blob);
    const read = content === undefined ? tooLarge(name, maxBytes) : decoded(content, name);
    if ("message" in read) errors.push(wholeFile(file, read.message));
    else sortIn({ file, ...read, command, isNamed: named.has(file) }, { inputs, errors, skipped });
  }
  return { inputs, errors, skipped, files: blobs.length };
}

/** Kustomizations in the folders of what is named and above, as in the working tree. */
function blobsAbove(commit: string, paths: readonly string[], maxBytes: number): Blob[] {
  const top = resolve(gitText(["rev-parse", "--show-cdup"]).trim());
  const names = kustomizationNames(paths.length === 0 ? ["."] : paths, top);
  if (names.length === 0) return [];
  return gitText(["ls-tree", "-l", "-z", commit, "--", ...names])
    .split("\0")
    .flatMap((row) => {
      const [, mode = "", id = "", size = "", file = ""] = ROW.exec(row) ?? [];
      const bytes = Number(size);
      return MODE_OF_FILES.test(mode) && bytes <= maxBytes ? [{ id, bytes, file }] : [];
    });
}

function* kustomizationsAmong(
  contents: ReadonlyMap<Blob, Buffer>,
  revision: string,
): Iterable<Input> {
  for (const [{ file }, content] of contents) {
    const read = isKustomization(file) ? decoded(content, `${revision}:${file}`) : undefined;
    if (read !== undefined && "text" in read) yield { file, text: read.text };
  }
}

const ROW = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.*)$/s;

/** All in one call. */
function contentsOf(blobs: readonly Blob[]): Map<Blob, Buffer> {
  const contents = new Map<Blob, Buffer>();
  if (blobs.length === 0) return contents;
  const input = blobs.map(({ id }) => `${id}\n`).join("");
  const all = blobs.reduce((sum, { bytes }) => sum + bytes + HEAD_BYTES, 0);
  const answer = git(["cat-file", "--batch"], { input, maxBuffer: all });
  let at = 0;
  for (const blob of blobs) {
    const from = answer.indexOf("\n", at) + 1;
    contents.set(blob, answer.subarray(from, from + blob.bytes));
    at = from + blob.bytes + 1;
  }
  return contents;
}
