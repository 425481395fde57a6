// Reads the recordings under test/golden and compares predictions with them; the shared part of every golden suite.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { JsonDecimal, type JsonValue } from "../src/core/model/json.ts";
import { parseJson } from "../src/core/rules/json.ts";

/** SECCTX_GOLDEN names another folder of recordings: one's own, in a copy of this one. */
const ROOT = process.env["SECCTX_GOLDEN"] ?? fileURLToPath(new URL("./golden/", import.meta.url));

/** One recorded case: what the real system answered, and how secctx predicts it. */
export interface GoldenCase {
  readonly name: string;
  /** What the recording's README says is compared, and nothing else. */
  readonly expected: unknown;
  readonly predict: () => unknown;
}

/** One row of the table: a system at a version. `cases` is lazy: nothing is read until it is asked. */
export interface GoldenSuite {
  /** `kubelet`, `containerd` … */
  readonly system: string;
  /** `1.37.2`; a variant stands behind it: `1.37.2 --allow-privileged=false`. */
  readonly version: string;
  readonly cases: () => Iterable<GoldenCase>;
}

export interface Difference {
  readonly name: string;
  /** First path that differs: `process.capabilities.bounding[3]`. */
  readonly path: string;
  readonly expected: unknown;
  readonly predicted: unknown;
}

/** Text of a recording, `containerd/images.json` say; it lies gzipped in test/golden. */
export function goldenText(file: string): string {
  const zipped = join(ROOT, `${file}.gz`);
  if (existsSync(zipped)) return gunzipSync(readFileSync(zipped)).toString("utf8");
  return readFileSync(join(ROOT, file), "utf8");
}

/** One JSON document; integers exact. */
export function goldenJson<T = JsonValue>(file: string): T {
  return parseJson(goldenText(file)) as T;
}

/** The rows of a JSON Lines recording; integers exact. */
export function goldenRows<T = JsonValue>(file: string): T[] {
  return goldenText(file)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => parseJson(line) as T);
}

/** Every difference of a suite. A prediction that throws is a difference too. */
export function compareSuite(suite: GoldenSuite): { total: number; differences: Difference[] } {
  const differences: Difference[] = [];
  let total = 0;
  for (const { name, expected, predict } of suite.cases()) {
    total += 1;
    let predicted: unknown;
    try {
      predicted = predict();
    } catch (error) {
      predicted = error instanceof Error ? `threw ${error.stack}` : String(error);
    }
    const difference = firstDifference(expected, predicted, "");
    if (difference !== undefined) differences.push({ name, ...difference });
  }
  return { total, differences };
}

/** The first path at which two JSON values differ; a key with undefined counts as absent. */
export function firstDifference(
  expected: unknown,
  predicted: unknown,
  path: string,
): Omit<Difference, "name"> | undefined {
  if (expected === predicted) return undefined;
  if (Array.isArray(expected) && Array.isArray(predicted)) {
    for (let index = 0; index < Math.max(expected.length, predicted.length); index += 1) {
      const found = firstDifference(expected[index], predicted[index], `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isRecord(expected) && isRecord(predicted)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(predicted)])) {
      const found = firstDifference(
        expected[key],
        predicted[key],
        path === "" ? key : `${path}.${key}`,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (expected instanceof JsonDecimal && predicted instanceof JsonDecimal) {
    if (expected.literal === predicted.literal) return undefined;
  }
  return { path, expected, predicted };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonDecimal)
  );
}
