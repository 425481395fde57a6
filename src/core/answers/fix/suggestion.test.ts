// The lines that a suggestion shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import { composeWorld } from "../../rules/world.ts";
import { checkPodDocument } from "../check.ts";

function suggested(text: string, id: string): string[] {
  const [pod] = readManifest(text, "pod.yaml").pods;
  assert.ok(pod !== undefined);
  const { findings } = checkPodDocument(pod, [composeWorld({})], { suggestions: true });
  const finding = findings.find((one) => one.id === id);
  return (finding?.suggestion ?? []).map(({ sign, text }) => `${sign} ${text}`);
}

const POD = `kind: Pod
metadata: { name: web }
spec:
  hostPID: true # why not
  containers:
    - name: app
      image: app:1
      securityContext:
        capabilities: { add: [CAP_NET_ADMIN, CHOWN] }
    - name: side
      image: side:1
`;

for (const [id, lines] of [
  ["podsecurity.hostNamespaces", ["- hostPID: true # why not", "+ hostPID: false # why not"]],
  [
    "podsecurity.capabilities_restricted",
    ["- capabilities: { add: [CAP_NET_ADMIN, CHOWN] }", "+ capabilities: { drop: [ALL] }"],
  ],
  [
    "containerd.unknownCapability",
    [
      "- capabilities: { add: [CAP_NET_ADMIN, CHOWN] }",
      "+ capabilities: { add: [NET_ADMIN, CHOWN] }",
    ],
  ],
  ["podsecurity.allowPrivilegeEscalation", ["+ allowPrivilegeEscalation: false"]],
  [
    "podsecurity.seccompProfile_restricted",
    ["+ securityContext:", "+   seccompProfile:", "+     type: RuntimeDefault"],
  ],
  ["risk.groupZero", []],
] as const) {
  test(`${id}: the lines that go and come`, () => {
    assert.deepEqual(suggested(POD, id), lines);
    assert.deepEqual(suggested(POD.replaceAll("\n", "\r\n"), id), lines, "CRLF");
    assert.deepEqual(suggested(`a: é😀\n---\n${POD}`, id), lines, "behind another document");
  });
}
