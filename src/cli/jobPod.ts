// The pod of a Job: the labels that the server gives its template, and what the controller adds for the first index.
import { jobLabels } from "../core/apiserver/validation/workloads/jobSelector.ts";
import type { PodDocument } from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../core/model/json.ts";
import type { Container, Pod } from "../core/model/pod.ts";
import { at, type Versioned } from "../core/model/version.ts";
import type { World } from "../core/model/world.ts";
import { gateEnabled } from "../core/rules/featureGates.ts";
import { randomUuid } from "./podToRun.ts";

const INDEX = "batch.kubernetes.io/job-completion-index";
const INDEX_FAILURES = "batch.kubernetes.io/job-index-failure-count";
const VARIABLE = "JOB_COMPLETION_INDEX";
const FIRST = 0;

/** Where a container finds its index; the annotation is there in every release. */
const TOLD_BY: Versioned<"annotations" | "labels"> = [
  { since: "v1.0", value: "annotations" },
  { since: "v1.28", value: "labels" },
];

/**
 * Of any other kind the pod as it is. A CronJob's Job is taken to be called as it.
 * @param pod as the API server accepted it
 */
export function withJobIdentity(pod: Pod, document: PodDocument, world: World): Pod {
  const spec = jobSpecOf(document);
  if (spec === undefined) return pod;
  const name = document.workload.name || (pod.metadata?.name ?? "");
  const { metadata } = pod;
  const generated =
    spec["manualSelector"] === true ? {} : jobLabels({ name, uid: randomUuid() }, world.kubernetes);
  const labels = { ...generated, ...metadata?.labels };
  const labelled = { ...pod, metadata: { ...metadata, labels } };
  return spec["completionMode"] === "Indexed" ? withIndex(labelled, name, spec, world) : labelled;
}

/** @see kubernetes v1.37.2 pkg/controller/job/job_controller.go manageJob, indexed_job_utils.go addCompletionIndexEnvVariables */
function withIndex(pod: Pod, name: string, job: JsonObject, world: World): Pod {
  const { metadata, spec } = pod;
  const told = at(TOLD_BY, world.kubernetes) ?? "annotations";
  const index = { [INDEX]: String(FIRST) };
  const counted =
    job["backoffLimitPerIndex"] !== undefined && gateEnabled(world, "JobBackoffLimitPerIndex");
  const failures = counted ? { [INDEX_FAILURES]: "0" } : {};
  const withVariable = (container: Container): Container => {
    const { env } = container;
    if (env?.some((variable) => variable["name"] === VARIABLE)) return container;
    const valueFrom = { fieldRef: { fieldPath: `metadata.${told}['${INDEX}']` } };
    return { ...container, env: [...(env ?? []), { name: VARIABLE, valueFrom }] };
  };
  return {
    ...pod,
    metadata: {
      ...metadata,
      annotations: { ...metadata?.annotations, ...index, ...failures },
      labels: { ...metadata?.labels, ...(told === "labels" ? index : {}) },
    },
    spec: {
      ...spec,
      hostname: `${name}-${FIRST}`,
      containers: spec.containers.map(withVariable),
      ...(spec.initContainers ? { initContainers: spec.initContainers.map(withVariable) } : {}),
    },
  };
}

function jobSpecOf({ workload, object }: PodDocument): JsonObject | undefined {
  if (workload.kind === "Job") return objectAt(object, "spec");
  if (workload.kind !== "CronJob") return undefined;
  return objectAt(objectAt(objectAt(object, "spec"), "jobTemplate"), "spec");
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value: JsonValue | undefined = object[key];
  return isJsonObject(value) ? value : {};
}
