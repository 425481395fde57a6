import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeMinor } from "../model/version.ts";
import { composeWorld } from "../rules/world.ts";
import { apiserver } from "./apiserver.ts";

const PREFIX = "metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: ";

function answerIn(kubernetes: KubeMinor) {
  const annotations = {
    "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
    "container.seccomp.security.alpha.kubernetes.io/c": "localhost/p.json",
  };
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", annotations },
    spec: { containers: [{ name: "c", image: "i" }] },
  };
  const { out } = apiserver(
    { operation: "create", kind: "Pod", object },
    composeWorld({ kubernetes }),
  );
  return {
    pod: out.spec?.securityContext?.seccompProfile,
    container: out.spec?.containers[0]?.securityContext?.seccompProfile,
    warnings: out.warnings,
  };
}

test("from 1.19 to 1.26 the annotations of a new pod become its fields", () => {
  for (const version of ["v1.19", "v1.23", "v1.26"] as const) {
    const { pod, container } = answerIn(version);
    assert.deepEqual(pod, { type: "RuntimeDefault" }, version);
    assert.deepEqual(container, { type: "Localhost", localhostProfile: "p.json" }, version);
  }
});

test("before and after they do not, and each release has its own warning", () => {
  assert.equal(answerIn("v1.18").pod, undefined);
  const { pod, warnings } = answerIn("v1.27");
  assert.equal(pod, undefined);
  assert.equal(
    warnings[0],
    `${PREFIX}non-functional in v1.27+; use the "seccompProfile" field instead`,
  );
});
