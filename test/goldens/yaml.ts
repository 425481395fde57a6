// The recordings of yaml against secctx's prediction.
import { answerYaml } from "../../src/core/manifest/yaml.ts";
import { type GoldenCase, type GoldenSuite, goldenRows } from "../golden.ts";

export interface YamlRow {
  readonly name: string;
  readonly kind: "value" | "stream";
  readonly text: string;
  readonly json?: unknown;
  readonly error?: string;
  readonly documents?: readonly Answer[];
}

interface Answer {
  readonly json?: unknown;
  readonly error?: string;
  readonly documents?: readonly Answer[];
}

export const YAML_SUITES: readonly GoldenSuite[] = [
  { system: "yaml", version: "1.6.0", cases: () => cases("yaml-1.6.0/yaml.jsonl") },
];

function* cases(file: string): Generator<GoldenCase> {
  for (const row of goldenRows<YamlRow>(file)) {
    const { name, kind, text } = row;
    yield {
      name,
      expected: comparedYaml(row),
      predict: () => comparedYaml(answerYaml({ kind, text })),
    };
  }
}

/** Value or error, and the error's line where there is one; not its wording. */
export function comparedYaml({ json, error, documents }: Answer): Answer {
  return {
    ...(json === undefined ? {} : { json }),
    ...(error === undefined ? {} : { error: /\bline \d+/.exec(error)?.[0] ?? "error" }),
    ...(documents === undefined ? {} : { documents: documents.map(comparedYaml) }),
  };
}
