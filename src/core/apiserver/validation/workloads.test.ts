import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOfObject } from "../../../../test/causesOf.ts";
import type { JsonObject } from "../../model/json.ts";
import { completeWorld } from "../../model/world.ts";
import { type ApiAnswer, apiserver } from "../apiserver.ts";

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

test("names of objects, and what becomes of them", () => {
  const named = (kind: string, name: string): ApiAnswer => {
    const pod = { containers: CONTAINERS, restartPolicy: kind === "CronJob" ? "Never" : "Always" };
    const template = { metadata: { labels: LABELS }, spec: pod };
    const selector = { matchLabels: LABELS };
    const spec =
      kind === "Pod"
        ? pod
        : kind === "CronJob"
          ? { schedule: "@daily", jobTemplate: { spec: { template } } }
          : { selector, template };
    const apiVersion = kind === "Pod" ? "v1" : kind === "CronJob" ? "batch/v1" : "apps/v1";
    const object = { apiVersion, kind, metadata: { name }, spec };
    return apiserver({ operation: "create", kind, object }, completeWorld({})).out;
  };
  const label =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  assert.equal(
    named("StatefulSet", "A").status?.message,
    `StatefulSet.apps "A" is invalid: metadata.name: Invalid value: "A": ${label}`,
  );
  assert.equal(
    named("CronJob", "c".repeat(53)).status?.message,
    `CronJob.batch "${"c".repeat(53)}" is invalid: metadata.name: Invalid value: "${"c".repeat(53)}": must be no more than 52 characters`,
  );
  assert.deepEqual(named("Pod", "a.b").warnings, [
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
  ]);
  assert.deepEqual(named("Deployment", "a.b").warnings, [
    "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
  ]);
  assert.deepEqual(named("DaemonSet", "a.b").warnings, []);
});
