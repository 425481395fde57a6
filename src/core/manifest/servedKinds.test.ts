import assert from "node:assert/strict";
import { test } from "node:test";
import { unservedKind } from "./servedKinds.ts";

const ROWS: readonly (readonly [kind: string, apiVersion: unknown, said: string | undefined])[] = [
  ["Deployment", "apps/v1", undefined],
  ["Deployment", "apps/v1beta1", undefined],
  ["Deployment", "v1", 'no matches for kind "Deployment" in version "v1"'],
  ["Pod", "apps/v1", 'no matches for kind "Pod" in version "apps/v1"'],
  ["pod", "v1", 'no matches for kind "pod" in version "v1"; did you mean Pod?'],
  [
    "Deploymnet",
    "apps/v1",
    'no matches for kind "Deploymnet" in version "apps/v1"; did you mean Deployment?',
  ],
  [
    "StatefullSet",
    "apps/v1",
    'no matches for kind "StatefullSet" in version "apps/v1"; did you mean StatefulSet?',
  ],
  [
    "CronJobs",
    "batch/v1",
    'no matches for kind "CronJobs" in version "batch/v1"; did you mean CronJob?',
  ],
  ["Pods", "v1", 'no matches for kind "Pods" in version "v1"; did you mean Pod?'],
  ["Pods", "apps/v1", 'no matches for kind "Pods" in version "apps/v1"'],
  ["deployment", "v1", 'no matches for kind "deployment" in version "v1"'],
  ["Node", "v1", undefined],
  ["Secret", "v1", undefined],
  ["ControllerRevision", "apps/v1", undefined],
  ["Deploymnet", "apps.openshift.io/v1", undefined],
  ["Job", "batch.volcano.sh/v1alpha1", undefined],
  ["Service", "v1", undefined],
  ["Deployment", undefined, undefined],
];

for (const [kind, apiVersion, said] of ROWS) {
  test(`${kind} in ${apiVersion}: ${said ?? "may be"}`, () => {
    const { message, hint } = unservedKind(kind, apiVersion) ?? {};
    assert.equal(hint === undefined ? message : `${message}; ${hint}`, said);
  });
}

/** What Kubernetes serves beside its workloads in groups without a dot, and what tools write there. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  v1: "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim ResourceQuota Secret Service ServiceAccount Config Status".split(
    " ",
  ),
  "apps/v1": ["ControllerRevision", "Scale"],
  "policy/v1": ["PodDisruptionBudget", "PodSecurityPolicy", "Eviction"],
  "autoscaling/v2": ["HorizontalPodAutoscaler", "Scale"],
  "extensions/v1beta1": ["Ingress", "NetworkPolicy", "PodSecurityPolicy"],
  "skaffold/v4beta11": ["Config"],
};
for (const [apiVersion, kinds] of Object.entries(OTHERS)) {
  test(`nothing else in ${apiVersion} is taken for a workload`, () => {
    for (const kind of kinds) assert.equal(unservedKind(kind, apiVersion), undefined, kind);
  });
}
