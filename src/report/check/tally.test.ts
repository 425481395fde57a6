import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPodDocument } from "../../core/answers/check.ts";
import { readManifest } from "../../core/manifest/manifest.ts";
import { composeWorld } from "../../core/rules/world.ts";
import { checkMarkdown } from "./markdown.ts";
import { tallyOf } from "./tally.ts";

const TEXT = `apiVersion: v1
kind: Pod
metadata: { name: two }
spec:
  containers:
  - { name: a, image: a, securityContext: { privileged: true } }
  - { name: b, image: b, securityContext: { privileged: true } }
`;

test("what is said of several containers is counted once, as it is shown", () => {
  const [document] = readManifest(TEXT, "two.yaml").pods;
  assert.ok(document);
  const pod = checkPodDocument(document, [composeWorld({})], { level: "baseline" });
  const refusals = pod.findings.filter(({ severity }) => severity === "refusal");
  assert.equal(refusals.length, 2);
  assert.equal(tallyOf([pod]).found.refusal, 1);
  assert.equal(tallyOf([pod]).podSecurity, 1);
  const report = { pods: [pod], errors: [], skipped: [], files: 1, unusedSuppressions: [] };
  const lines = checkMarkdown(report).split("\n");
  assert.match(lines[2] ?? "", /^1 pod in 1 file checked: 1 refusal\b/);
  assert.match(checkMarkdown(report), /\| Pod default\/two \|.*\| 1 \| \d+ \| \d+ \|/);
});
