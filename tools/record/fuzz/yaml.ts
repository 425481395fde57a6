// Draws YAML texts, has the real libraries read them (tools/record/yaml, built with Go), and prints each that secctx reads otherwise.
// Usage: node --import tsx tools/record/fuzz/yaml.ts [COUNT] [SEED]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { answerYaml } from "../../../src/core/manifest/yaml.ts";
import { parseJson } from "../../../src/core/rules/json.ts";
import { firstDifference } from "../../../test/golden.ts";
import { comparedYaml, type YamlRow } from "../../../test/goldens/yaml.ts";
import { YAML_STREAMS, YAML_TEXTS } from "./yamlTexts.ts";

const [count = "3000", seed = "1"] = process.argv.slice(2);
const parameters = { numRuns: Number(count), seed: Number(seed) };
const rows = [
  ...fc.sample(YAML_TEXTS, parameters).map((text) => ({ kind: "value", text })),
  ...fc
    .sample(YAML_STREAMS, { ...parameters, numRuns: Math.ceil(Number(count) / 4) })
    .map((text) => ({ kind: "stream", text })),
]
  // What is no Unicode cannot be asked for in JSON.
  .filter(({ text }) => !/\p{Surrogate}/u.test(text))
  .map((row, index) => ({ ...row, name: String(index) }));

const work = mkdtempSync(join(tmpdir(), "secctx-yaml-"));
try {
  const [asked, answered, recorder] = ["cases.gz", "answers.gz", "recorder"].map((name) =>
    join(work, name),
  ) as [string, string, string];
  writeFileSync(asked, gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join("")));
  go(["build", "-o", recorder, "."]);
  const ran = spawnSync(recorder, [asked, answered], { stdio: "inherit" });
  if (ran.status !== 0) throw new Error("the recorder failed");
  compare(gunzipSync(readFileSync(answered)).toString("utf8"));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function go(args: readonly string[]): void {
  const cwd = fileURLToPath(new URL("../yaml/", import.meta.url));
  if (spawnSync("go", args, { cwd, stdio: "inherit" }).status !== 0) throw new Error("go failed");
}

function compare(answers: string): void {
  const lines = answers.split("\n").filter((line) => line !== "");
  let differing = 0;
  for (const line of lines) {
    const row = parseJson(line) as unknown as YamlRow;
    const told = answerYaml({ kind: row.kind, text: row.text });
    const found = firstDifference(comparedYaml(row), comparedYaml(told), "");
    if (found === undefined) continue;
    differing += 1;
    console.log(JSON.stringify({ text: row.text, ...found, real: row.error, told }, plain));
  }
  console.error(`${lines.length - differing} of ${lines.length} agree`);
  process.exitCode = differing === 0 ? 0 : 1;
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
