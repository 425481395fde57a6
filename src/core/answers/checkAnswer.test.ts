// What a refusal of `check` carries: the program's words, their parts, and the whole answer that the caller gets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { checkPodDocument } from "./check.ts";
import { examplePod } from "./risk.ts";

function checked(text: string, file: WorldFile = {}, level?: "baseline" | "restricted") {
  const [pod] = readManifest(text, "example.yaml").pods;
  assert.ok(pod);
  return checkPodDocument(pod, [composeWorld(file)], level === undefined ? {} : { level });
}

const TWO = examplePod(
  "securityContext: { capabilities: { add: [NET_ADMIN, SYS_TIME] } }",
  "hostPID: true\nhostIPC: true",
);

test("each offending field is a finding, in the words of its check", () => {
  const { podSecurity, findings } = checked(TWO, {}, "baseline");
  const detail =
    'container "app" must not include "NET_ADMIN", "SYS_TIME" in securityContext.capabilities.add';
  const refusals = findings.filter(({ stage }) => stage === "podsecurity");
  assert.deepEqual(
    refusals.map(({ id, path, line, reason }) => [id, path, line, reason]),
    [
      [
        "podsecurity.capabilities_baseline",
        "/spec/containers/0/securityContext/capabilities/add/0",
        11,
        "non-default capabilities",
      ],
      [
        "podsecurity.capabilities_baseline",
        "/spec/containers/0/securityContext/capabilities/add/1",
        11,
        "non-default capabilities",
      ],
      ["podsecurity.hostNamespaces", "/spec/hostPID", 6, "host namespaces"],
      ["podsecurity.hostNamespaces", "/spec/hostIPC", 7, "host namespaces"],
    ],
  );
  assert.equal(refusals[0]?.detail, detail);
  assert.equal(
    refusals[0]?.message,
    `violates PodSecurity "baseline:v1.37": non-default capabilities (${detail})`,
  );
  const answer = `pods "example" is forbidden: violates PodSecurity "baseline:v1.37": non-default capabilities (${detail}), host namespaces (hostPID=true, hostIPC=true)`;
  assert.equal(podSecurity.baseline.message, answer);
  for (const refusal of refusals) assert.equal(refusal.answer, answer);
});

test("what the namespace enforces, warns about and audits, each in its own words", () => {
  const labels = {
    "pod-security.kubernetes.io/enforce": "baseline",
    "pod-security.kubernetes.io/enforce-version": "v1.30",
    "pod-security.kubernetes.io/audit": "restricted",
  };
  const pod = examplePod("", "hostPID: true");
  const { podSecurity, findings } = checked(pod, { namespace: { name: "prod", labels } });
  const refusal =
    'pods "example" is forbidden: violates PodSecurity "baseline:v1.30": host namespaces (hostPID=true)';
  assert.equal(podSecurity.level, "baseline");
  assert.equal(podSecurity.namespace.refusal, refusal);
  assert.match(
    podSecurity.namespace.auditAnnotations["pod-security.kubernetes.io/audit-violations"] ?? "",
    /^would violate PodSecurity "restricted:latest": host namespaces \(hostPID=true\), /,
  );
  const told = findings.filter(
    ({ severity, stage }) => severity === "refusal" && stage === "podsecurity",
  );
  assert.deepEqual(
    told.map(({ path, answer }) => [path, answer]),
    [["/spec/hostPID", refusal]],
  );
});

test("a Deployment: its pods are refused, it is warned about itself", () => {
  const labels = { "pod-security.kubernetes.io/enforce": "baseline" };
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      hostNetwork: true
      containers: [{ name: app, image: app:1 }]
`;
  const { podSecurity } = checked(text, { namespace: { labels } });
  const said = 'PodSecurity "baseline:latest": host namespaces (hostNetwork=true)';
  assert.equal(podSecurity.namespace.refusal, `pods "web" is forbidden: violates ${said}`);
  assert.deepEqual(podSecurity.namespace.warnings, [`would violate ${said}`]);
});

test("where the API server refuses first, both are said, with the whole text of the 422", () => {
  const pod = examplePod("securityContext: { privileged: true, allowPrivilegeEscalation: false }");
  const { podSecurity, findings } = checked(pod, {}, "baseline");
  assert.equal(podSecurity.baseline.allowed, false);
  const [first] = findings.filter(({ stage }) => stage === "apiserver");
  assert.match(
    first?.answer ?? "",
    /^Pod "example" is invalid: spec\.containers\[0\]\.securityContext: Invalid value: /,
  );
});

test("a container's own field that nobody can decode stands where it is written", () => {
  const text = examplePod(
    'securityContext: { runAsUser: "2000" }',
    "securityContext: { runAsUser: 1000 }",
  );
  const [found] = checked(text).findings.filter(({ id }) => id === "apiserver.type");
  assert.equal(found?.inherited, undefined);
  assert.equal(found?.path, "/spec/containers/0/securityContext/runAsUser");
  assert.equal(found?.line, 10);
});

test("a field that the container inherits: placed where the pod has it, the container named", () => {
  const pod = examplePod("", "securityContext: { runAsNonRoot: true, runAsUser: 0 }");
  const { findings } = checked(pod, {}, "baseline");
  const [found] = findings.filter(({ id }) => id === "kubelet.verifyRunAsNonRoot");
  assert.equal(found?.container, "app");
  assert.equal(found?.line, 6);
  assert.equal(found?.inherited, "/spec/securityContext/runAsUser");
});
