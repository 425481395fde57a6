// The lines that a suggestion shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import type { Level } from "../../podsecurity/level.ts";
import { composeWorld } from "../../rules/world.ts";
import { checkPodDocument } from "../check.ts";

function suggested(text: string, id: string, level?: Level): string[] {
  const [pod] = readManifest(text, "pod.yaml").pods;
  assert.ok(pod !== undefined);
  const options = { suggestions: true, ...(level === undefined ? {} : { level }) };
  const { findings } = checkPodDocument(pod, [composeWorld({})], options);
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
    ["- capabilities: { add: [CAP_NET_ADMIN, CHOWN] }", "+ capabilities: { drop: [ALL] }"],
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

test("a name that the level lists is corrected, one that it forbids goes, any other is for the author", () => {
  const id = "containerd.unknownCapability";
  assert.deepEqual(suggested(POD, id, "privileged"), []);
  assert.deepEqual(suggested(POD.replace("CAP_NET_ADMIN", "CAP_KILL"), id, "privileged"), [
    "- capabilities: { add: [CAP_KILL, CHOWN] }",
    "+ capabilities: { add: [KILL, CHOWN] }",
  ]);
  assert.deepEqual(suggested(POD, id, "baseline"), [
    "- capabilities: { add: [CAP_NET_ADMIN, CHOWN] }",
    "+ capabilities: { add: [CHOWN] }",
  ]);
});

test("an annotation becomes the field that the level wants", () => {
  const text = POD.replace(
    "metadata: { name: web }",
    "metadata:\n  name: web\n  annotations:\n    seccomp.security.alpha.kubernetes.io/pod: unconfined",
  );
  const lines = suggested(text, "risk.seccompAnnotation");
  assert.ok(lines.includes("+     type: RuntimeDefault"), lines.join("\n"));
});
