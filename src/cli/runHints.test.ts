import assert from "node:assert/strict";
import { test } from "node:test";
import { runHints } from "./runHints.ts";

const NONE = { sources: {}, waited: undefined, until: "completed" } as const;

function waiting(reason: string, message: string, image = "app:1"): Parameters<typeof runHints>[0] {
  const at = { kind: "container", index: 0, container: { name: "c", image } } as const;
  const state = { waiting: { reason, message } };
  return { isReady: false, message: "", containers: [{ at, state }] } as never;
}

const MISSING = [
  [
    'error processing PVC default/data: failed to fetch PVC from API server: persistentvolumeclaims "data" not found',
    "--claim data=FOLDER gives the claim a folder of this machine; a PersistentVolumeClaim in the same files gets a new one",
  ],
  [
    '0/1 nodes are available: persistentvolumeclaim "data" not found.',
    "--claim data=FOLDER gives the claim a folder of this machine; a PersistentVolumeClaim in the same files gets a new one",
  ],
  [
    'MountVolume.SetUp failed for volume "v" : configmap "x" not found',
    "the ConfigMap may stand in the same FILE or another one: run takes several",
  ],
  [
    'secret "x" not found',
    "the Secret may stand in the same FILE or another one: run takes several",
  ],
] as const;

for (const [message, hint] of MISSING) {
  test(`a hint for: ${message}`, () => {
    const none = { isReady: false, containers: [] };
    assert.deepEqual(runHints({ ...none, message }, NONE), [hint]);
    assert.deepEqual(runHints(waiting("CreateContainerConfigError", message), NONE), [hint]);
  });
}

test("an image that nobody told a source of may come from elsewhere", () => {
  const failed = waiting("ErrImagePull", "dial tcp: lookup registry-1.docker.io: no such host");
  assert.deepEqual(runHints(failed, NONE), [
    "--image app:1=SOURCE takes the image from elsewhere: docker-archive:FILE, oci:FOLDER, docker://REGISTRY/NAME …",
  ]);
  assert.deepEqual(runHints(failed, { ...NONE, sources: { "app:1": "docker-archive:x.tar" } }), []);
  assert.deepEqual(runHints(waiting("InvalidImageName", "x"), NONE), []);
});

test("a pod that was not ready in time", () => {
  const running = { isReady: false, message: "", containers: [] };
  const asked = { ...NONE, waited: 5, until: "ready" } as const;
  assert.deepEqual(runHints(running, asked), ["not ready after 5 s: --timeout ended the pod"]);
  assert.deepEqual(runHints({ ...running, isReady: true }, asked), []);
});

test("a pod that --timeout ended", () => {
  const ended = { isReady: false, message: "", containers: [] };
  assert.deepEqual(runHints(ended, { ...NONE, waited: 5 }), ["--timeout ended the pod after 5 s"]);
});
