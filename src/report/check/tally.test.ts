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

const ENFORCED = { name: "n", labels: { "pod-security.kubernetes.io/enforce": "baseline" } };

for (const [kind, namespace, words] of [
  ["unmet", undefined, "1 unmet requirement of baseline"],
  ["refusal", ENFORCED, "1 refusal"],
] as const) {
  test(`what is said of several containers is counted once, as it is shown: ${words}`, () => {
    const [document] = readManifest(TEXT, "two.yaml").pods;
    assert.ok(document);
    const world = composeWorld(namespace === undefined ? {} : { namespace });
    const pod = checkPodDocument(document, [world], { level: "baseline" });
    assert.equal(pod.findings.filter(({ severity }) => severity === "refusal").length, 2);
    const { found, podSecurity } = tallyOf([pod]);
    assert.deepEqual(found, {
      refusal: 0,
      unmet: 0,
      note: found.note,
      warning: found.warning,
      [kind]: 1,
    });
    assert.equal(podSecurity, 1);
    const report = { pods: [pod], errors: [], skipped: [], files: 1, unusedSuppressions: [] };
    const lines = checkMarkdown(report).split("\n");
    assert.match(lines[2] ?? "", new RegExp(`^1 pod in 1 file checked: ${words}\\b`));
    const numbers = kind === "unmet" ? "0 \\| 1" : "1 \\| 0";
    assert.match(
      checkMarkdown(report),
      new RegExp(`\\| Pod \\S+ \\|.*\\| ${numbers} \\| \\d+ \\| \\d+ \\|`),
    );
  });
}
