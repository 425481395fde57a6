import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOfObject } from "../../../../../test/causesOf.ts";
import { soundWorkload } from "../../../../../test/soundWorkload.ts";
import type { JsonObject } from "../../../model/json.ts";
import { completeWorld } from "../../../model/world.ts";
import { type ApiAnswer, apiserver } from "../../apiserver.ts";

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

test("what older releases say, and do not say yet", () => {
  const rows: readonly (readonly [
    kind: string,
    spec: JsonObject,
    version: `v1.${number}`,
    causes: number,
  ])[] = [
    ["StatefulSet", { serviceName: "A" }, "v1.32", 0],
    ["StatefulSet", { serviceName: "A" }, "v1.33", 1],
    ["StatefulSet", { volumeClaimTemplates: [{ metadata: { name: "d" } }] }, "v1.33", 0],
    ["StatefulSet", { volumeClaimTemplates: [{ metadata: { name: "d" } }] }, "v1.34", 2],
    ["StatefulSet", { ordinals: { start: -1 } }, "v1.26", 0],
    ["StatefulSet", { ordinals: { start: -1 } }, "v1.27", 1],
    ["StatefulSet", { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }, "v1.36", 0],
    ["CronJob", { schedule: "TZ=UTC @daily" }, "v1.28", 0],
    ["CronJob", { schedule: "TZ=UTC @daily" }, "v1.29", 1],
    ["CronJob", { schedule: "TZ=UTC @daily", timeZone: "UTC" }, "v1.24", 0],
    ["CronJob", { schedule: "TZ=UTC @daily", timeZone: "UTC" }, "v1.25", 1],
    ["Job", { podFailurePolicy: { rules: [{}] } }, "v1.25", 0],
    ["Job", { podFailurePolicy: { rules: [{}] } }, "v1.26", 2],
    ["Job", { maxFailedIndexes: 1 }, "v1.28", 0],
    ["Job", { maxFailedIndexes: 1 }, "v1.29", 2],
    ["Job", { managedBy: "a" }, "v1.31", 0],
    ["Job", { managedBy: "a" }, "v1.32", 1],
  ];
  for (const [kind, spec, kubernetes, count] of rows) {
    const told = causesOfObject(kind, soundWorkload(kind, spec), { kubernetes });
    assert.equal(told.length, count, `${kind} ${JSON.stringify(spec)} ${kubernetes}: ${told}`);
  }
});

test("pods of a StatefulSet are looked at since 1.34", () => {
  const template = { metadata: { labels: LABELS }, spec: { containers: [{ name: "A" }] } };
  const object = soundWorkload("StatefulSet", { template });
  assert.equal(causesOfObject("StatefulSet", object, { kubernetes: "v1.33" }).length, 0);
  assert.equal(causesOfObject("StatefulSet", object, { kubernetes: "v1.34" }).length, 2);
});

test("until 1.28 pods on several nodes read a Google disk only", () => {
  const volumes = [{ name: "d", gcePersistentDisk: { pdName: "d" } }];
  const template = { metadata: { labels: LABELS }, spec: { containers: CONTAINERS, volumes } };
  const causes = (replicas: number, kubernetes: `v1.${number}`): string[] =>
    causesOfObject("Deployment", soundWorkload("Deployment", { template, replicas }), {
      kubernetes,
    });
  assert.deepEqual(causes(2, "v1.28"), [
    "spec.template.spec.volumes[0].gcePersistentDisk.readOnly: Invalid value: false: must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only",
  ]);
  assert.deepEqual(causes(1, "v1.28"), []);
  assert.deepEqual(causes(2, "v1.29"), []);
});

test("warnings about the workload itself", () => {
  const warnings = (
    kind: string,
    spec: JsonObject,
    kubernetes?: `v1.${number}`,
  ): readonly string[] =>
    apiserver(
      { operation: "create", kind, object: soundWorkload(kind, spec) },
      completeWorld(kubernetes === undefined ? {} : { kubernetes }),
    ).out.warnings;
  const many = { completionMode: "Indexed", completions: 100_001, parallelism: 10_001 };
  const text =
    "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
  assert.deepEqual(warnings("Job", many), [`spec: ${text}`]);
  assert.deepEqual(warnings("Job", many, "v1.27"), []);
  const resources = { requests: { storage: "1500m" } };
  const claim = { metadata: { name: "d" }, spec: { accessModes: ["ReadWriteOnce"], resources } };
  assert.deepEqual(
    warnings("StatefulSet", { revisionHistoryLimit: -1, volumeClaimTemplates: [claim] }),
    [
      'spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
      "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended",
    ],
  );
  assert.deepEqual(warnings("CronJob", { schedule: "TZ=UTC @daily" }, "v1.28"), [
    "CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details",
  ]);
});
