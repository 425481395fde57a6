// One fault is one row of the text, whoever else warns of it too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPodDocument } from "../../core/answers/check.ts";
import type { CheckFinding } from "../../core/answers/checked.ts";
import { readManifest } from "../../core/manifest/manifest.ts";
import { composeWorld } from "../../core/rules/world.ts";
import { openGroups } from "./blocks.ts";
import { withoutSaidTwice } from "./saidTwice.ts";

const TEXT = `kind: Pod
metadata: { name: two }
spec:
  containers:
  - { name: a, image: a, securityContext: { capabilities: { add: [CAP_KILL, NO_SUCH] } } }
`;
const OF_CAPABILITIES = ["containerd.unknownCapability", "runc.warning"];

test("runc's warning is not told beside containerd's, and stays where a name is its alone", () => {
  const [document] = readManifest(TEXT, "two.yaml").pods;
  assert.ok(document);
  const pod = checkPodDocument(document, [composeWorld({})], { level: "privileged" });
  const idsOf = (findings: readonly CheckFinding[]) =>
    findings.map(({ id }) => id).filter((id) => OF_CAPABILITIES.includes(id));
  assert.deepEqual(new Set(idsOf(pod.findings)), new Set(OF_CAPABILITIES));
  const shown = openGroups(pod).flat();
  assert.deepEqual(idsOf(shown), ["containerd.unknownCapability", "containerd.unknownCapability"]);
  const fewer = pod.findings.filter(({ message }) => !message.includes('"CAP_NO_SUCH"'));
  assert.ok(idsOf(withoutSaidTwice(fewer)).includes("runc.warning"));
});
