// What `fix` would write, as `check` tells it: hunks with the findings that they mend, and edits that mend a finding alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import { applyEdits } from "../../model/edit.ts";
import type { Level } from "../../podsecurity/level.ts";
import { composeWorld } from "../../rules/world.ts";
import { type CheckOptions, checkPodDocument } from "../check.ts";
import type { CheckedPod } from "../checked.ts";

function checked(text: string, options: CheckOptions, images = {}): CheckedPod {
  const [pod] = readManifest(text, "pod.yaml").pods;
  assert.ok(pod !== undefined);
  return checkPodDocument(pod, [composeWorld({ images })], options);
}

function hunksOf(text: string, level?: Level): string[] {
  const { fix } = checked(text, { suggestions: true, ...(level === undefined ? {} : { level }) });
  return (fix?.hunks ?? []).map(({ line, container = "", lines }) =>
    [`${line} ${container}`, ...lines.map(({ sign, text: own }) => `${sign} ${own}`)].join("\n"),
  );
}

function mending(text: string, id: string, level?: Level): (readonly number[] | undefined)[] {
  const asked = { suggestions: true, ...(level === undefined ? {} : { level }) };
  return checked(text, asked)
    .findings.filter((one) => one.id === id)
    .map(({ hunks }) => hunks);
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
const HUNKS = [
  "4 \n- hostPID: true # why not\n+ hostPID: false # why not",
  "5 \n+ securityContext:\n+   runAsNonRoot: true\n+   seccompProfile:\n+     type: RuntimeDefault",
  "9 app\n- capabilities: { add: [CAP_NET_ADMIN, CHOWN] }\n+ allowPrivilegeEscalation: false\n+ capabilities: { drop: [ALL] }",
  "12 side\n+ securityContext:\n+   allowPrivilegeEscalation: false\n+   capabilities:\n+     drop: [ALL]",
];

test("the plan of the whole pod, hunk by hunk; line ends and what stands before change nothing", () => {
  assert.deepEqual(hunksOf(POD), HUNKS);
  assert.deepEqual(hunksOf(POD.replaceAll("\n", "\r\n")), HUNKS, "CRLF");
  const behind = hunksOf(`a: é😀\n---\n${POD}`);
  const moved = HUNKS.map((hunk) => hunk.replace(/^\d+/, (line) => String(Number(line) + 2)));
  assert.deepEqual(behind, moved, "behind another document");
});

for (const [id, hunks] of [
  ["podsecurity.hostNamespaces", [[0]]],
  ["podsecurity.runAsNonRoot", [[1], [1]]],
  ["podsecurity.seccompProfile_restricted", [[1], [1]]],
  ["podsecurity.allowPrivilegeEscalation", [[2], [3]]],
  ["podsecurity.capabilities_restricted", [[2], [3], [2], [2]]],
  ["containerd.unknownCapability", [[2]]],
] as const) {
  test(`${id}: the hunks that mend it, for each of its places`, () => {
    assert.deepEqual(mending(POD, id), hunks);
  });
}

test("a name that the level lists is corrected, one that it forbids goes, any other is for the author", () => {
  const id = "containerd.unknownCapability";
  assert.deepEqual(mending(POD, id, "privileged"), [undefined]);
  const known = POD.replace("CAP_NET_ADMIN", "CAP_KILL");
  assert.deepEqual(mending(known, id, "privileged"), [[0]]);
  assert.deepEqual(hunksOf(known, "privileged"), [
    "9 app\n- capabilities: { add: [CAP_KILL, CHOWN] }\n+ capabilities: { add: [KILL, CHOWN] }",
  ]);
  assert.deepEqual(mending(POD, id, "baseline"), [[1]]);
});

test("a brace that goes with what takes its place is one hunk with it", () => {
  const text = `kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: app
      image: app:1
      securityContext:
        capabilities: {}
        privileged: false
`;
  const [, own] = hunksOf(text);
  assert.equal(own, "8 app\n- capabilities: {}\n+ capabilities:\n+   drop:\n+     - ALL");
});

test("what only a person can decide keeps fix from the level: no hunk, no edit for programs, and why", () => {
  const text = `${POD}  volumes:\n    - name: v\n      hostPath: { path: / }\n`;
  const { fix, findings } = checked(text, { suggestions: true, fixes: true });
  assert.deepEqual(fix?.hunks, []);
  assert.deepEqual(fix?.left, [
    {
      message: "volume v is of hostPath: what takes its place only its author knows",
      line: 14,
    },
  ]);
  assert.ok(findings.some(({ id }) => id === "podsecurity.hostNamespaces"));
  assert.ok(findings.every(({ fixes }) => fixes === undefined));
});

/** Finding (and container) → the lines that its edits put there. */
function fixesOf(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { id, container, fixes } of checked(text, { fixes: true }).findings) {
    if (fixes === undefined) continue;
    const old = text.split("\n");
    const lines = applyEdits(text, fixes).split("\n");
    found[container === undefined ? id : `${id} ${container}`] = lines
      .filter((line) => !old.includes(line))
      .map((line) => line.trim());
  }
  return found;
}

test("each finding has the edits of its container or of the pod, whole", () => {
  const fixes = fixesOf(POD);
  const app = ["allowPrivilegeEscalation: false", "capabilities: { drop: [ALL] }"];
  assert.deepEqual(fixes["podsecurity.allowPrivilegeEscalation app"], app);
  assert.deepEqual(fixes["podsecurity.capabilities_restricted app"], app);
  const ofPod = [
    "hostPID: false # why not",
    "securityContext:",
    "runAsNonRoot: true",
    "seccompProfile:",
    "type: RuntimeDefault",
  ];
  assert.deepEqual(fixes["podsecurity.hostNamespaces"], ofPod);
  assert.deepEqual(fixes["podsecurity.runAsNonRoot side"], ofPod);
});

test("the users of an anchor are edited together, and an annotation goes with the field that comes", () => {
  const shared = POD.replace(
    "securityContext:\n        capabilities: { add: [CAP_NET_ADMIN, CHOWN] }",
    "securityContext: &shared\n        capabilities: { add: [CHOWN] }",
  ).replace("image: side:1", "image: side:1\n      securityContext: *shared");
  const all = fixesOf(shared);
  assert.deepEqual(
    all["podsecurity.hostNamespaces"],
    all["podsecurity.allowPrivilegeEscalation app"],
  );
  const annotated = POD.replace(
    "metadata: { name: web }",
    "metadata:\n  name: web\n  annotations:\n    seccomp.security.alpha.kubernetes.io/pod: unconfined",
  );
  const own = fixesOf(annotated)["risk.seccompAnnotation"] ?? [];
  assert.ok(own.includes("type: RuntimeDefault"), own.join("\n"));
});

test("no edit is offered that the API server would refuse: a hostProcess pod has the host's network", () => {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  os: { name: windows }
  hostNetwork: true
  securityContext:
    windowsOptions: { hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM' }
  containers:
    - { name: app, image: app }
`;
  const { findings } = checked(text, { fixes: true });
  const found = findings.find(({ id }) => id === "podsecurity.hostNamespaces");
  assert.ok(found);
  assert.equal(found.fixes, undefined);
});
