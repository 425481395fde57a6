import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_WORLD } from "../model/world.ts";
import { admit } from "./admission.ts";

const LABELS = { "pod-security.kubernetes.io/enforce": "baseline" };
const NAMESPACE = { kind: "Namespace", metadata: { name: "ns", labels: LABELS } };
const CONTAINER = { name: "c", image: "x", ports: [{ containerPort: 80 }] };

test("a pod is judged as the server has defaulted it", () => {
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec: { hostNetwork: true, containers: [CONTAINER] },
  };
  assert.equal(
    admit({ namespace: NAMESPACE, object }, DEFAULT_WORLD).out.message,
    'pods "p" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), hostPort (container "c" uses hostPort 80)',
  );
});

test("what validation refuses never reaches Pod Security", () => {
  const container = { ...CONTAINER, securityContext: { runAsUser: -1, privileged: true } };
  const spec = { containers: [container] };
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
  const { out } = admit({ namespace: NAMESPACE, object }, DEFAULT_WORLD);
  assert.equal(out.code, 422);
  assert.match(out.message ?? "", /^Pod "p" is invalid: .*runAsUser: Invalid value: -1/);
  assert.deepEqual(out.auditAnnotations, {});
});

test("the server's own warnings come first", () => {
  const annotations = { "container.apparmor.security.beta.kubernetes.io/c": "unconfined" };
  const labels = { a: "b" };
  const template = { metadata: { labels, annotations }, spec: { containers: [CONTAINER] } };
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d" },
    spec: { selector: { matchLabels: labels }, template },
  };
  const { code, warnings } = admit({ namespace: NAMESPACE, object }, DEFAULT_WORLD).out;
  assert.equal(code, 201);
  assert.deepEqual(
    warnings.map((warning) => warning.slice(0, 31)),
    ["spec.template.metadata.annotati", 'would violate PodSecurity "base'],
  );
});

test("a Namespace goes by itself", () => {
  assert.equal(admit({ object: NAMESPACE }, DEFAULT_WORLD).out.code, 201);
});
