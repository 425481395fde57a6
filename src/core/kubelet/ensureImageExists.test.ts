import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld } from "../rules/world.ts";
import { kubelet } from "./kubelet.ts";

const world = composeWorld({ images: { gone: { present: false }, here: { user: "1000" } } });

function answerOf(image: string, imagePullPolicy: string) {
  const pod = {
    spec: { containers: [{ name: "c", image, imagePullPolicy }], securityContext: {} },
  };
  return kubelet({ pod }, world).out;
}

test("an absent image that may not be pulled keeps its container waiting", () => {
  const { containers, events } = answerOf("gone", "Never");
  const message = 'Container image "gone" is not present with pull policy of Never';
  assert.deepEqual(containers[0]?.waiting, { reason: "ErrImageNeverPull", message });
  assert.equal(containers[0]?.config, null);
  assert.deepEqual(events, [
    { type: "Warning", reason: "ErrImageNeverPull", message, fieldPath: "spec.containers{c}" },
    {
      type: "Warning",
      reason: "Failed",
      message: "Error: ErrImageNeverPull",
      fieldPath: "spec.containers{c}",
    },
  ]);
});

test("one that may be pulled, and one that is there, are no obstacle", () => {
  assert.notEqual(answerOf("gone", "IfNotPresent").containers[0]?.config, null);
  assert.notEqual(answerOf("here", "Never").containers[0]?.config, null);
});
