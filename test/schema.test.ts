// What `explain -o jsonl` prints keeps to its published schema: for every example, and for every manifest of the corpus where it lies beside the checkout.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import schema from "../schema/explain.schema.json" with { type: "json" };
import { explain } from "../src/core/answers/explain.ts";
import { walk } from "../src/core/journey.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import { composeWorld } from "../src/core/rules/world.ts";

const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
const WORLDS = [
  composeWorld({}),
  composeWorld({ runtime: { version: "1.6" }, kubernetes: "v1.29", node: { appArmor: true } }),
  composeWorld({ runtime: { name: "dockershim" } }),
];

function manifestsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function check(files: readonly string[]): number {
  let lines = 0;
  for (const file of files) {
    for (const pod of readManifest(readFileSync(file, "utf8"), file).pods) {
      for (const world of WORLDS) {
        const line = explain(walk(pod, world, { trace: true, allStages: lines % 2 === 0 }));
        assert.ok(validate(line), `${file}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
        lines += 1;
      }
    }
  }
  return lines;
}

test("the examples, in three worlds", () => {
  assert.ok(check(manifestsIn(fileURLToPath(new URL("../examples", import.meta.url)))) > 40);
});

const CORPUS = fileURLToPath(new URL("../../shared/corpus", import.meta.url));
const skip = existsSync(CORPUS)
  ? false
  : "no corpus of manifests beside the checkout (../shared/corpus)";

test("every pod of the corpus, in three worlds, without a crash", { skip }, (t) => {
  t.diagnostic(`${check(manifestsIn(CORPUS))} lines`);
});
