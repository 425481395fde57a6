import assert from "node:assert/strict";
import { test } from "node:test";
import { containersOf, type Pod } from "../core/model/pod.ts";
import { type ContainerRecord, newRecord } from "../lifecycle/containerRecord.ts";
import type { PodStatus } from "../lifecycle/podStatus.ts";
import { type StartVerdict, startVerdict } from "./startVerdict.ts";

const at = "2026-11-29T00:00:00Z";
type Change = Partial<ContainerRecord>;
const CREATING: Change = {};
const UP: Change = { state: { running: { startedAt: at } } };
const DONE: Change = {
  state: { terminated: { exitCode: 0, reason: "Completed", startedAt: at, finishedAt: at } },
};
const FAILED: Change = {
  state: { terminated: { exitCode: 3, reason: "Error", startedAt: at, finishedAt: at } },
};
const REFUSED: Change = {
  state: { terminated: { exitCode: 128, reason: "StartError", startedAt: at, finishedAt: at } },
};
const PULLING: Change = { state: { waiting: { reason: "ImagePullBackOff" } } };
const NO_IMAGE: Change = { state: { waiting: { reason: "ErrImagePull" } }, leftEnded: true };
const NO_SECRET: Change = { state: { waiting: { reason: "CreateContainerConfigError" } } };

function verdict(
  changes: { readonly init?: Change; readonly sidecar?: Change; readonly main: readonly Change[] },
  ready?: "True" | "False",
  more: Partial<Parameters<typeof startVerdict>[0]> = {},
): StartVerdict {
  const { init, sidecar, main } = changes;
  const spec = {
    initContainers: [
      ...(init === undefined ? [] : [{ name: "i" }]),
      ...(sidecar === undefined ? [] : [{ name: "s", restartPolicy: "Always" }]),
    ],
    containers: main.map((_, index) => ({ name: `c${index}` })),
  };
  const told = [init, sidecar, ...main].filter((change) => change !== undefined);
  const containers = containersOf(spec as Pod["spec"]).map((one, index) => ({
    ...newRecord(one, init !== undefined || sidecar !== undefined),
    ...told[index],
  }));
  const conditions = ready === undefined ? [] : [{ type: "Ready", status: ready }];
  const status = { phase: "Pending", conditions } as unknown as PodStatus;
  return startVerdict({ status, containers, ...more }, ready !== undefined);
}

test("the first container speaks for the pod", () => {
  assert.equal(verdict({ main: [CREATING] }), "waits");
  assert.equal(verdict({ main: [PULLING] }), "waits");
  assert.equal(verdict({ main: [UP] }), "runs");
  for (const change of [REFUSED, NO_IMAGE, NO_SECRET]) {
    assert.equal(verdict({ main: [change] }), "cannot");
    assert.equal(verdict({ main: [change, UP] }), "cannot");
    assert.equal(verdict({ main: [UP, change] }), "runs");
  }
  // It was started: its own end is told by ps and logs.
  for (const change of [DONE, FAILED]) assert.equal(verdict({ main: [change] }), "runs");
});

test("of the others it is known whether they start", () => {
  assert.equal(verdict({ main: [UP, CREATING] }), "waits");
  assert.equal(verdict({ main: [UP, PULLING] }), "runs");
});

test("init containers and sidecars come up before it", () => {
  assert.equal(verdict({ init: UP, main: [CREATING] }), "waits");
  // By its restart policy it may still succeed; the pod ends by itself where it may not.
  assert.equal(verdict({ init: FAILED, main: [CREATING] }), "waits");
  assert.equal(verdict({ init: REFUSED, main: [CREATING] }), "cannot");
  assert.equal(verdict({ sidecar: REFUSED, main: [CREATING] }), "cannot");
  assert.equal(verdict({ sidecar: UP, main: [UP] }), "runs");
});

test("a pod that is being ended is not left running", () => {
  const deletion = { deletionTimestamp: at, deletionGracePeriodSeconds: 30 };
  assert.equal(verdict({ main: [UP] }, undefined, { deletion }), "waits");
});

test("--until ready", () => {
  assert.equal(verdict({ main: [UP, UP] }, "False"), "waits");
  assert.equal(verdict({ main: [UP, UP] }, "True"), "runs");
  assert.equal(verdict({ main: [UP, NO_SECRET] }, "False"), "cannot");
});
