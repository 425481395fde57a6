// How much one text may hold, as flags: what the API server takes, unless somebody asks for more.

import type { ManifestOptions } from "../core/manifest/manifest.ts";
import { parsePodPath } from "../core/manifest/podPaths.ts";
import type { OptionSpec, OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { MAX_FILE_BYTES } from "./inputs.ts";

export const LIMIT_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--max-document-bytes <n>",
    description: "of one document (default: 3Mi, as etcd and API server take it)",
  },
  {
    flags: "--max-file-bytes <n>",
    description: "of one file or of standard input (default: 32Mi)",
  },
  { flags: "--max-depth <n>", description: "collections inside each other (default: 500)" },
  {
    flags: "--max-alias-bytes <n>",
    description: "of what a document's aliases stand for (default: 3Mi)",
  },
];

export interface ReadLimits extends ManifestOptions {
  readonly maxBytes: number;
  readonly podPaths: readonly string[];
}

/** Every room walks the values, one call per level. */
const DEEPEST = 1_000;

/** What the reader is told; with `--pod-path`. @throws UsageError */
export function readLimits(options: OptionValues): ReadLimits {
  const podPaths = options["podPath"];
  const documents = bytesOf(options, "maxDocumentBytes");
  const aliases = bytesOf(options, "maxAliasBytes");
  const depth = depthOf(options);
  return {
    podPaths: checkedPaths(Array.isArray(podPaths) ? podPaths : []),
    maxBytes: bytesOf(options, "maxFileBytes") ?? MAX_FILE_BYTES,
    ...(documents === undefined ? {} : { maxDocumentBytes: documents }),
    ...(aliases === undefined ? {} : { maxAliasBytes: aliases }),
    ...(depth === undefined ? {} : { maxDepth: depth }),
  };
}

function checkedPaths(paths: readonly string[]): readonly string[] {
  for (const path of paths) {
    const { kind, steps } = parsePodPath(path);
    if (kind !== "" && steps.length > 0) continue;
    throw new UsageError(`--pod-path ${path}: write it as spec.template or Rollout=spec.template`);
  }
  return paths;
}

function depthOf({ maxDepth }: OptionValues): number | undefined {
  if (typeof maxDepth !== "string") return undefined;
  const depth = /^\d{1,9}$/.test(maxDepth) ? Number(maxDepth) : 0;
  if (depth > 0 && depth <= DEEPEST) return depth;
  throw new UsageError(`--max-depth ${maxDepth}: write a number from 1 to ${DEEPEST}`);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

/** `3145728` or `3Mi`. */
function bytesOf(options: OptionValues, name: string): number | undefined {
  const text = options[name];
  if (typeof text !== "string") return undefined;
  const [, digits = "", unit = ""] = /^(\d{1,12})(Ki|Mi|Gi)?$/.exec(text) ?? [];
  const value = Number(digits) * (UNITS[unit] ?? 1);
  if (digits !== "" && value > 0) return value;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} ${text}: write a number like 4194304 or 4Mi`);
}
