// Workloads that bear the same name keep to their files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type PodDocument, readManifest } from "../manifest/manifest.ts";
import { pairsOf } from "./pairs.ts";

function podsIn(...files: string[]): PodDocument[] {
  return files.flatMap((file) => {
    const text = "kind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n";
    return readManifest(text, file).pods;
  });
}

/** Files before, files after, and who is compared with whom. */
const ROWS: readonly (readonly [string, string[], string[], string[]])[] = [
  ["one file moved", ["old/web.yaml"], ["new/app.yaml"], ["old/web.yaml new/app.yaml"]],
  [
    "two overlays in two folders",
    ["old/dev/web.yaml", "old/prod/web.yaml"],
    ["new/dev/web.yaml", "new/prod/web.yaml"],
    ["old/dev/web.yaml new/dev/web.yaml", "old/prod/web.yaml new/prod/web.yaml"],
  ],
  [
    "one comes before another",
    ["prod/web.yaml"],
    ["dev/web.yaml", "prod/web.yaml"],
    ["- dev/web.yaml", "prod/web.yaml prod/web.yaml"],
  ],
  [
    "the first goes",
    ["dev/web.yaml", "prod/web.yaml"],
    ["prod/web.yaml"],
    ["prod/web.yaml prod/web.yaml", "dev/web.yaml -"],
  ],
  [
    "the same file twice",
    ["a.yaml", "a.yaml"],
    ["a.yaml", "a.yaml"],
    ["a.yaml a.yaml", "a.yaml a.yaml"],
  ],
  ["nothing before", [], ["a.yaml"], ["- a.yaml"]],
];
for (const [what, before, after, pairs] of ROWS) {
  test(what, () => {
    const found = pairsOf(podsIn(...before), podsIn(...after), ({ workload }) => workload.name);
    assert.deepEqual(
      found.map((pair) => `${pair.before?.file ?? "-"} ${pair.after?.file ?? "-"}`),
      pairs,
    );
  });
}

test("every pod is in one pair, of hundreds alike too", () => {
  const files = Array.from({ length: 300 }, (_, index) => `f${index}.yaml`);
  const [before, after] = [podsIn(...files), podsIn(...files.slice(10))];
  const pairs = pairsOf(before, after, () => "");
  assert.equal(new Set(pairs.map((pair) => pair.before)).size, 300);
  assert.equal(pairs.filter((pair) => pair.after === undefined).length, 10);
});
