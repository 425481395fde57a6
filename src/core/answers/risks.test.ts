// Every risk finds its failing example and not its passing one; the list and the folder agree.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import { composeWorld } from "../rules/world.ts";
import { checkPodDocument } from "./check.ts";
import type { CheckFinding } from "./checked.ts";
import { examplePod } from "./risk.ts";
import { RISKS } from "./risks.ts";

function findingsOf(text: string): readonly CheckFinding[] {
  const { pods, errors } = readManifest(text, "example.yaml");
  assert.deepEqual(errors, []);
  const [pod] = pods;
  assert.ok(pod);
  const world = composeWorld({ node: { appArmor: true } });
  return checkPodDocument(pod, [world], { level: "privileged" }).findings;
}

for (const { id, severity, failing, passing } of RISKS) {
  test(`${id}: the failing example has it, on a line of the file`, () => {
    const found = findingsOf(failing).filter((finding) => finding.id === id);
    assert.notEqual(found.length, 0);
    for (const finding of found) {
      assert.equal(finding.severity, severity);
      assert.ok((finding.line ?? 1) > 1, "of the field, not of the file");
      assert.match(finding.message, /\S/);
    }
  });
  test(`${id}: the passing example has not`, () => {
    assert.deepEqual(
      findingsOf(passing).filter((finding) => finding.id === id),
      [],
    );
  });
}

test("every risk stands in the list, under the name of its file", () => {
  const files = readdirSync(new URL("./risks/", import.meta.url));
  assert.deepEqual(
    RISKS.map(({ id }) => `${id.slice("risk.".length)}.ts`),
    files.sort(),
  );
});

test("no risk of a malformed pod", () => {
  for (const spec of ["null", "{}", "{ containers: 1 }", "{ containers: [null] }"]) {
    const [pod] = readManifest(`kind: Pod\napiVersion: v1\nspec: ${spec}\n`, "x.yaml").pods;
    if (pod === undefined) continue;
    const { findings } = checkPodDocument(pod, [composeWorld({})]);
    assert.ok(findings.every(({ stage }) => stage !== "risk"));
  }
});

for (const [what, context] of [
  ["a group that is no number", 'runAsUser: 5, runAsGroup: "100"'],
  ["a uid below 0", "runAsUser: -5"],
  ["a profile without its path", "seccompProfile: { type: Localhost }"],
] as const) {
  test(`no risk is told of what the API server refused: ${what}`, () => {
    const own = examplePod(`securityContext: { ${context} }`);
    const stages = findingsOf(own).map(({ stage }) => stage);
    assert.deepEqual(stages, ["apiserver"]);
  });
}

test("what is refused beside a risk leaves it", () => {
  const own = examplePod('securityContext: { runAsUser: 5, privileged: "yes" }');
  assert.ok(findingsOf(own).some(({ id }) => id === "risk.groupZero"));
});
