// What `check -o jsonl` prints keeps to its published schema: for every example, every page's manifests, and the corpus.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import schema from "../schema/check.schema.json" with { type: "json" };
import { type CheckOptions, checkPodDocument } from "../src/core/answers/check.ts";
import { PAGES } from "../src/core/answers/pages/catalogue.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import type { World } from "../src/core/model/world.ts";
import { writeJson } from "../src/core/rules/json.ts";
import { composeWorld } from "../src/core/rules/world.ts";

const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
const ENFORCED = { "pod-security.kubernetes.io/enforce": "restricted" };
const RANGES: readonly [World, ...World[]][] = [
  [composeWorld({ node: { appArmor: true } })],
  [composeWorld({ runtime: { name: "dockershim" } })],
  [composeWorld({ kubernetes: "v1.32", namespace: { labels: ENFORCED } }), composeWorld({})],
];

function check(text: string, file: string, options: CheckOptions = {}): number {
  let lines = 0;
  for (const pod of readManifest(text, file).pods) {
    for (const range of RANGES) {
      const told = checkPodDocument(pod, range, options);
      const line: unknown = JSON.parse(writeJson(told));
      assert.ok(validate(line), `${file}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
      lines += 1;
    }
  }
  return lines;
}

function checkFolder(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .reduce((lines, file) => lines + check(readFileSync(file, "utf8"), file), 0);
}

const WHOLE: CheckOptions = { excerpts: true, fixes: true, suggestions: true };

test("the examples of the project and of the pages", () => {
  assert.ok(checkFolder(fileURLToPath(new URL("../examples", import.meta.url))) > 0);
  for (const { id, failing } of PAGES) if (failing !== undefined) check(failing, id, WHOLE);
});

const CORPUS = fileURLToPath(new URL("../../shared/corpus", import.meta.url));
const skip = existsSync(CORPUS)
  ? false
  : "no corpus of manifests beside the checkout (../shared/corpus)";

test("every pod of the corpus", { skip }, (context) => {
  context.diagnostic(`${checkFolder(CORPUS)} lines`);
});
