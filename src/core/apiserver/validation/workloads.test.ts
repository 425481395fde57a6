import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOfObject } from "../../../../test/causesOf.ts";
import type { JsonObject } from "../../model/json.ts";

const CONTAINERS = [{ name: "c", image: "r.test/app:1" }];
const LABELS = { app: "web" };

function causesOf(kind: string, pod: JsonObject, more: JsonObject = {}): string[] {
  const metadata = { labels: LABELS };
  const template = { metadata, spec: { containers: CONTAINERS, ...pod } };
  const group = kind === "Job" ? "batch/v1" : kind === "ReplicationController" ? "v1" : "apps/v1";
  const selector = kind === "ReplicationController" ? LABELS : { matchLabels: LABELS };
  const spec = kind === "Job" ? { template, ...more } : { template, selector, ...more };
  const object = { apiVersion: group, kind, metadata: { name: "w" }, spec };
  return causesOfObject(kind, object);
}

const RESTART = "spec.template.spec.restartPolicy";
const DEADLINE = "spec.template.spec.activeDeadlineSeconds";

test("pods of workloads that run for ever are always restarted, and have no deadline", () => {
  const called = {
    Deployment: "ReplicaSet",
    ReplicaSet: "ReplicaSet",
    ReplicationController: "ReplicationController",
    StatefulSet: "StatefulSet",
    DaemonSet: "DaemonSet",
  };
  for (const [kind, name] of Object.entries(called)) {
    assert.deepEqual(causesOf(kind, { restartPolicy: "Never", activeDeadlineSeconds: 5 }), [
      `${RESTART}: Unsupported value: "Never": supported values: "Always"`,
      `${DEADLINE}: Forbidden: activeDeadlineSeconds in ${name} is not Supported`,
    ]);
  }
});

test("a Job's pods are not", () => {
  assert.deepEqual(causesOf("Job", {}), [
    `${RESTART}: Required value: valid values: "OnFailure", "Never"`,
  ]);
  const rules = [{ action: "FailJob", onExitCodes: { operator: "In", values: [1] } }];
  assert.deepEqual(
    causesOf("Job", { restartPolicy: "OnFailure" }, { podFailurePolicy: { rules } }),
    [
      `${RESTART}: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified`,
    ],
  );
  assert.deepEqual(causesOf("Job", { restartPolicy: "Never" }), []);
});

test("a StatefulSet names its pods, whatever the template says", () => {
  assert.deepEqual(causesOf("StatefulSet", { hostname: "A", subdomain: "B" }), []);
  assert.deepEqual(causesOf("DaemonSet", { subdomain: "B" }).length, 1);
});
