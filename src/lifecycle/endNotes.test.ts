import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "../core/model/pod.ts";
import { type ContainerState, newRecord } from "./containerRecord.ts";
import { endNotes, statusWithNotes } from "./endNotes.ts";

const POD = { spec: { containers: [{ name: "c", image: "i" }] } } as unknown as Pod;
const AT = {
  kind: "container",
  index: 0,
  path: ["spec", "containers", 0],
  container: { name: "c", image: "i" },
} as const;

function notesOf(state: ContainerState, leftEnded: boolean, reason = "", pod = POD): string[] {
  const record = { ...newRecord(AT, false), state, leftEnded };
  const phase = "terminated" in state ? "Failed" : "Pending";
  return endNotes(pod, { containers: [record], phase, reason });
}

const ENDED: ContainerState = {
  terminated: { exitCode: 3, reason: "Error", startedAt: "", finishedAt: "" },
};

test("a container that is left ended, and the phase that its kubelet would tell", () => {
  assert.deepEqual(notesOf(ENDED, true), [
    "a kubelet would start c again (restartPolicy: Always) and tell phase Running, not Failed; --restarts does so here",
  ]);
  assert.deepEqual(notesOf(ENDED, false), []);
});

test("the rule that starts a container again is named", () => {
  const restartPolicyRules = [
    { action: "Restart", exitCodes: { operator: "In", values: [42] } },
    { action: "Restart", exitCodes: { operator: "In", values: [3, 4] } },
  ];
  const container = { ...AT.container, restartPolicy: "Never", restartPolicyRules };
  const record = { ...newRecord({ ...AT, container }, false), state: ENDED, leftEnded: true };
  const pod: Pod = { spec: { restartPolicy: "Never", containers: [container] } };
  assert.match(
    endNotes(pod, { containers: [record], phase: "Failed", reason: "" }).join(),
    /^a kubelet would start c again \(restartPolicyRules\[1\]: exitCodes In 3, 4\)/,
  );
});

test("what a kubelet tries again at every turn", () => {
  for (const reason of ["CreateContainerConfigError", "CreateContainerError"]) {
    assert.deepEqual(notesOf({ waiting: { reason } }, false), [
      "a kubelet would go on trying to create c; secctx does not, since nothing changes here",
    ]);
  }
  for (const reason of ["FailedMount", "FailedCreatePodSandBox"]) {
    assert.deepEqual(notesOf({ waiting: { reason: "ContainerCreating" } }, false, reason), [
      "a kubelet would go on trying; secctx does not, since nothing changes here",
    ]);
  }
  assert.deepEqual(notesOf({ waiting: { reason: "ErrImagePull" } }, true), [
    "a kubelet would try again to get the image of c; --timeout SECONDS and --restarts NUMBER do so here",
  ]);
});

test("readers of the Pod are told in words that are not the kubelet's", () => {
  const status = { phase: "Failed", conditions: [] };
  assert.deepEqual(statusWithNotes(status, ["one", "two"]), {
    ...{ phase: "Failed", conditions: [] },
    ...{ reason: "EndedBySecctx", message: "one; two" },
  });
  assert.equal(statusWithNotes(status, []), status);
  const evicted = { ...status, reason: "Evicted", message: "The node was low" };
  assert.equal(statusWithNotes(evicted, ["one"]), evicted);
});
