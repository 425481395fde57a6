import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeMinor } from "../../model/version.ts";
import { composeWorld } from "../../rules/world.ts";
import { apiserver } from "../apiserver.ts";

const spec = {
  hostUsers: true,
  securityContext: { supplementalGroupsPolicy: "Strict", runAsUser: 1000 },
  containers: [
    { name: "c", image: "i", securityContext: { appArmorProfile: { type: "Unconfined" } } },
  ],
};

function answerIn(kubernetes: KubeMinor) {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
  return apiserver({ operation: "create", kind: "Pod", object }, composeWorld({ kubernetes })).out;
}

test("a release drops the security fields that it does not have, with the decoder's warning", () => {
  const { spec: stored, warnings } = answerIn("v1.29");
  assert.deepEqual(warnings, [
    'unknown field "spec.securityContext.supplementalGroupsPolicy"',
    'unknown field "spec.containers[0].securityContext.appArmorProfile"',
  ]);
  assert.deepEqual(stored?.securityContext, { runAsUser: 1000 });
  assert.deepEqual(stored?.containers[0]?.securityContext, {});
});

test("before field validation on the server it says nothing", () => {
  const { spec: stored, warnings } = answerIn("v1.24");
  assert.deepEqual(warnings, []);
  assert.equal(stored?.hostUsers, undefined);
});

test("what the release has stays", () => {
  const { spec: stored, warnings } = answerIn("v1.37");
  assert.deepEqual(warnings, []);
  assert.equal(stored?.securityContext?.supplementalGroupsPolicy, "Strict");
});

test("templates are read likewise", () => {
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d" },
    spec: { selector: {}, template: { metadata: {}, spec } },
  };
  const world = composeWorld({ kubernetes: "v1.29" });
  const { out } = apiserver({ operation: "create", kind: "Deployment", object }, world);
  assert.deepEqual(out.warnings, [
    'unknown field "spec.template.spec.securityContext.supplementalGroupsPolicy"',
    'unknown field "spec.template.spec.containers[0].securityContext.appArmorProfile"',
  ]);
});
