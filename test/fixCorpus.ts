// `fix` on every manifest of the corpus: what it does with each, and how many pods then reach the level.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FixedManifest, type FixOptions, fix } from "../src/core/answers/fix.ts";
import { composeWorld } from "../src/core/rules/world.ts";

const CORPUS = fileURLToPath(new URL("../../shared/corpus/", import.meta.url));

export const hasCorpus: boolean = existsSync(CORPUS);
export const WORLD: ReturnType<typeof composeWorld> = composeWorld({ node: { appArmor: true } });

export interface FixedFile {
  readonly file: string;
  readonly text: string;
  readonly fixed: FixedManifest;
}

function corpusFiles(): string[] {
  return readdirSync(CORPUS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

export function* texts(): Generator<string> {
  for (const file of corpusFiles()) yield readFileSync(file, "utf8");
}

/** One after another, in the order of their names. */
export function* fixedCorpus(options: FixOptions): Generator<FixedFile> {
  for (const file of corpusFiles()) {
    const text = readFileSync(file, "utf8");
    yield { file, text, fixed: fix(text, file, WORLD, options) };
  }
}

export interface Share {
  readonly files: number;
  readonly pods: number;
  readonly before: number;
  readonly after: number;
}

/** `restricted: 122 of 928 pods before, 817 after (88 %), in 400 files`. */
export function shareText(level: string, { files, pods, before, after }: Share): string {
  const percent = ((100 * after) / Math.max(pods, 1)).toFixed(1);
  return `${level}: ${before} of ${pods} pods before, ${after} after (${percent} %), in ${files} files`;
}

export function withFile(share: Share, { pods }: FixedManifest, level: string): Share {
  return {
    files: share.files + 1,
    pods: share.pods + pods.length,
    before: share.before + pods.filter(({ before }) => reaches(before, level)).length,
    after: share.after + pods.filter(({ after }) => reaches(after, level)).length,
  };
}

const LEVELS = ["privileged", "baseline", "restricted"];

function reaches(level: string, wanted: string): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
}

export const NO_SHARE: Share = { files: 0, pods: 0, before: 0, after: 0 };
