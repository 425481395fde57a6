import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import { applyEdits } from "../../model/edit.ts";
import { composeWorld } from "../../rules/world.ts";
import { checkPodDocument } from "../check.ts";

const POD = `kind: Pod
metadata:
  name: p
  annotations:
    seccomp.security.alpha.kubernetes.io/pod: runtime/default
spec:
  hostPID: true
  containers:
  - name: a
    image: app
    securityContext: { privileged: true }
  - name: b
    image: app
    securityContext: { capabilities: { drop: [CAP_NET_RAW] } }
  volumes:
  - name: v
    hostPath: { path: / }
`;

/** Finding (and container) → the lines that its edits put there. */
function fixesOf(images: Record<string, { user: string }>): Record<string, string[]> {
  const [document] = readManifest(POD, "p.yaml").pods;
  assert.ok(document);
  const { findings } = checkPodDocument(document, [composeWorld({ images })], { fixes: true });
  const found: Record<string, string[]> = {};
  for (const { id, container, fixes } of findings) {
    if (fixes === undefined) continue;
    const old = POD.split("\n");
    const lines = applyEdits(POD, fixes).split("\n");
    found[container === undefined ? id : `${id} ${container}`] = lines
      .filter((line) => !old.includes(line))
      .map((line) => line.trim());
  }
  return found;
}

test("each finding has the edits that mend it alone; what needs knowledge has none", () => {
  const fixes = fixesOf({});
  assert.deepEqual(fixes["podsecurity.hostNamespaces"], ["hostPID: false"]);
  assert.deepEqual(fixes["podsecurity.privileged a"], ["securityContext: { privileged: false }"]);
  assert.deepEqual(fixes["podsecurity.allowPrivilegeEscalation a"], undefined);
  assert.deepEqual(fixes["podsecurity.allowPrivilegeEscalation b"], [
    "securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [CAP_NET_RAW] } }",
  ]);
  assert.deepEqual(fixes["podsecurity.capabilities_restricted a"], [
    "securityContext: { privileged: true, capabilities: { drop: [ALL] } }",
  ]);
  assert.deepEqual(fixes["risk.seccompAnnotation"], [
    "securityContext:",
    "seccompProfile:",
    "type: RuntimeDefault",
  ]);
  assert.equal(fixes["podsecurity.runAsNonRoot b"], undefined);
  assert.equal(fixes["podsecurity.hostPathVolumes"], undefined);
  assert.deepEqual(fixes["podsecurity.capabilities_restricted b"], [
    "securityContext: { capabilities: { drop: [NET_RAW, ALL] } }",
  ]);
});

test("runAsNonRoot where every image is known not to be root", () => {
  const fixes = fixesOf({ app: { user: "1000" } });
  assert.deepEqual(fixes["podsecurity.runAsNonRoot b"], ["securityContext:", "runAsNonRoot: true"]);
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
  const [document] = readManifest(text, "p.yaml").pods;
  assert.ok(document);
  const { findings } = checkPodDocument(document, [composeWorld({})], { fixes: true });
  const found = findings.find(({ id }) => id === "podsecurity.hostNamespaces");
  assert.ok(found);
  assert.equal(found.fixes, undefined);
});
