// What a workload asks of itself beside its pods' rules, in the order in which the server says it.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go, pkg/apis/batch/validation/validation.go
import type { JsonObject } from "../../../model/json.ts";
import type { ObjectMeta } from "../../../model/pod.ts";
import type { FieldErrors } from "../../fieldError.ts";
import type { PodOptions } from "../../options.ts";
import { child, type Path } from "../../path.ts";
import { validateObjectMeta } from "../objectMeta.ts";
import { type PodTemplateSpec, validatePodTemplateSpec } from "../pod.ts";
import { validateCronJobSpec } from "./cronJob.ts";
import { validateDaemonSetSpec } from "./daemonSet.ts";
import { validateDeploymentSpec, validateReplicaSetSpec } from "./deployment.ts";
import { validateJob } from "./job.ts";
import { withGeneratedSelector } from "./jobSelector.ts";
import { validateReplicationControllerSpec } from "./replicationController.ts";
import { validateStatefulSetSpec } from "./statefulSet.ts";

/** A workload on its way to the store: its own spec, and the template with its defaults. */
export interface Workload<Spec = JsonObject> {
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
  readonly template: PodTemplateSpec;
  readonly options: PodOptions;
}

type Validate = (errors: FieldErrors, path: Path, workload: Workload) => void;

const BY_KIND: Readonly<Record<string, Validate>> = {
  Deployment: validateDeploymentSpec,
  ReplicaSet: validateReplicaSetSpec,
  StatefulSet: validateStatefulSetSpec,
  DaemonSet: validateDaemonSetSpec,
  ReplicationController: validateReplicationControllerSpec,
  Job: validateJob,
  CronJob: validateCronJobSpec,
};

const SPEC = child(undefined, "spec");
const TEMPLATE = child(undefined, "template");

export function validateWorkload(errors: FieldErrors, kind: string, workload: Workload): void {
  const { metadata, template, options } = workload;
  const known = kind === "Job" ? withGeneratedSelector(workload) : workload;
  // A Job without labels of its own shares those of its template, where there are any, and gets what is added to them.
  const shared = template.metadata.labels && known.template.metadata.labels;
  validateObjectMeta(errors, kind, metadata, { templateLabels: shared, world: options.world });
  const validate = BY_KIND[kind];
  if (validate !== undefined) validate(errors, SPEC, known);
  else validatePodTemplateSpec(errors, TEMPLATE, template, options);
}
