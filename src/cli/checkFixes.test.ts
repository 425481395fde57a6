// Of how many pods the edits are told: of few, for people; of all, for programs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPodDocument } from "../core/answers/check.ts";
import { readManifest } from "../core/manifest/manifest.ts";
import { composeWorld } from "../core/rules/world.ts";
import { fixerOf } from "./checkFixes.ts";

const WORLD = composeWorld({});

function listOf(length: number) {
  const items = Array.from({ length }, (_, index) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `p${index}` },
    spec: { containers: [{ name: "c", image: "x" }] },
  }));
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 1);
  return readManifest(text, "list.json").pods.map((document) => ({
    pod: checkPodDocument(document, [WORLD]),
    document,
    worlds: [WORLD] as const,
  }));
}

test("for people: of all pods of a document, or of none where they are too many", () => {
  for (const [length, told] of [
    [40, 40],
    [120, 0],
  ] as const) {
    const fixer = fixerOf({ suggestions: 100, fixes: 0 }, "restricted");
    const pods = fixer.fix(listOf(length));
    assert.equal(pods.filter(({ fix }) => fix !== undefined).length, told);
    assert.equal(fixer.untold, length - told);
  }
});

test("for programs: of all pods of a list, in a time that grows with it", () => {
  const timeOf = (length: number): number => {
    const pods = listOf(length);
    const fixer = fixerOf({ fixes: Number.POSITIVE_INFINITY }, "restricted");
    const before = performance.now();
    const fixed = fixer.fix(pods);
    const taken = performance.now() - before;
    const edited = fixed.filter(({ findings }) => findings.some((one) => one.fixes !== undefined));
    assert.equal(edited.length, length);
    return taken;
  };
  timeOf(100);
  const [few, many] = [timeOf(250), timeOf(2000)];
  // Each pod looked through the whole document once.
  assert.ok(many < 20 * Math.max(few, 20), `${few} ms, ${many} ms`);
});
