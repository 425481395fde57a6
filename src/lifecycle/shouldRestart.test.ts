import assert from "node:assert/strict";
import { test } from "node:test";
import { type Container, containersOf, type Pod } from "../core/model/pod.ts";
import { containerShouldRestart, restartsAfterProbe } from "./shouldRestart.ts";

const RULES = [{ action: "Restart", exitCodes: { operator: "In", values: [42] } }];
const NOT_RULES = [{ action: "Restart", exitCodes: { operator: "NotIn", values: [1] } }];

test("by the container's rules, its own policy, the pod's", () => {
  const rows: readonly (readonly [string | undefined, Partial<Container>, number, boolean])[] = [
    [undefined, {}, 0, true],
    ["Always", {}, 0, true],
    ["OnFailure", {}, 0, false],
    ["OnFailure", {}, 1, true],
    ["Never", {}, 1, false],
    ["Never", { restartPolicy: "OnFailure" }, 1, true],
    ["Always", { restartPolicy: "Never" }, 1, false],
    ["Never", { restartPolicy: "Never", restartPolicyRules: RULES }, 42, true],
    ["Never", { restartPolicy: "Never", restartPolicyRules: RULES }, 41, false],
    ["Never", { restartPolicy: "Never", restartPolicyRules: NOT_RULES }, 2, true],
    ["Never", { restartPolicy: "Never", restartPolicyRules: NOT_RULES }, 1, false],
    // Rules count only beside a policy of the container's own.
    ["Never", { restartPolicyRules: RULES }, 42, false],
  ];
  for (const [restartPolicy, own, exitCode, expected] of rows) {
    const policy = restartPolicy === undefined ? {} : { restartPolicy };
    const pod: Pod = { spec: { ...policy, containers: [{ name: "c", ...own }] } };
    const [at] = containersOf(pod.spec);
    assert.ok(at);
    const row = JSON.stringify([restartPolicy, own, exitCode]);
    assert.equal(containerShouldRestart(at, pod, exitCode), expected, row);
  }
});

test("an init container that succeeded never; a sidecar always", () => {
  const initContainers = [{ name: "i" }, { name: "s", restartPolicy: "Always" }];
  const pod: Pod = { spec: { restartPolicy: "Always", initContainers, containers: [] } };
  const [init, sidecar] = containersOf(pod.spec);
  assert.ok(init && sidecar);
  assert.equal(containerShouldRestart(init, pod, 0), false);
  assert.equal(containerShouldRestart(init, pod, 1), true);
  assert.equal(containerShouldRestart(sidecar, pod, 0), true);
  const never: Pod = { spec: { ...pod.spec, restartPolicy: "Never" } };
  assert.equal(containerShouldRestart(init, never, 1), false);
  assert.equal(containerShouldRestart(sidecar, never, 0), true);
  assert.equal(restartsAfterProbe(sidecar, never), true);
});
