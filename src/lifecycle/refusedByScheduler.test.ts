import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import type { PodEvents } from "./podEvents.ts";
import type { RunInput } from "./podRun.ts";
import type { Stopped } from "./refusedByKubelet.ts";
import { refusedByScheduler } from "./refusedByScheduler.ts";

const CLAIM = { name: "v", persistentVolumeClaim: { claimName: "data" } };

interface Given {
  readonly kubernetes?: string;
  readonly spec?: object;
  readonly objects?: readonly JsonObject[];
  readonly claims?: Readonly<Record<string, string>>;
}

function refused({ kubernetes = "v1.37", spec = {}, objects = [], claims = {} }: Given = {}): {
  readonly stopped: Stopped | undefined;
  readonly told: readonly string[];
} {
  const pod = { metadata: { name: "p", namespace: "lab" }, spec: { volumes: [CLAIM], ...spec } };
  const told: string[] = [];
  const events = { unscheduled: (message: string) => told.push(message) };
  const stopped = refusedByScheduler(
    { journey: { world: { kubernetes } } as unknown as RunInput["journey"], objects, claims },
    pod as unknown as Pod,
    events as unknown as PodEvents,
  );
  return { stopped, told };
}

const NOT_HELPFUL =
  "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";

/** @see kubernetes pkg/scheduler/framework/types.go FitError.Error of each release */
for (const [kubernetes, message] of [
  ["v1.23", '0/1 nodes are available: 1 persistentvolumeclaim "data" not found.'],
  ["v1.25", `0/1 nodes are available: 1 persistentvolumeclaim "data" not found. ${NOT_HELPFUL}`],
  ["v1.28", `0/1 nodes are available: persistentvolumeclaim "data" not found. ${NOT_HELPFUL}.`],
  ["v1.37", `0/1 nodes are available: persistentvolumeclaim "data" not found. ${NOT_HELPFUL}`],
] as const) {
  test(`a missing claim in the words of the scheduler of ${kubernetes}`, () => {
    const { stopped, told } = refused({ kubernetes });
    assert.deepEqual(told, [message]);
    assert.deepEqual(stopped, {
      ...{ phase: "Pending", reason: "Unschedulable", message, isUnscheduled: true },
    });
  });
}

test("a pod that preempts nobody", () => {
  assert.deepEqual(refused({ spec: { preemptionPolicy: "Never" } }).told, [
    '0/1 nodes are available: persistentvolumeclaim "data" not found. preemption: not eligible due to preemptionPolicy=Never.',
  ]);
});

test("claims that are there, told, of another namespace, and a pod that names its node", () => {
  const claim = (namespace?: string): JsonObject => ({
    kind: "PersistentVolumeClaim",
    metadata: namespace === undefined ? { name: "data" } : { name: "data", namespace },
  });
  assert.equal(refused({ objects: [claim()] }).stopped, undefined);
  assert.equal(refused({ objects: [claim("lab")] }).stopped, undefined);
  assert.notEqual(refused({ objects: [claim("other")] }).stopped, undefined);
  assert.equal(refused({ claims: { data: "/srv" } }).stopped, undefined);
  assert.equal(refused({ spec: { nodeName: "n" } }).stopped, undefined);
  assert.equal(refused({ spec: { volumes: [{ name: "v", emptyDir: {} }] } }).stopped, undefined);
});
