// What a workload asks of its pods beside the pod's own rules: whether they are restarted, and how long they may run.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go, pkg/apis/batch/validation/validation.go validateJobSpec
import type { PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";

/** Kinds whose pods run for ever, and how the server calls each in its message. */
const ENDLESS: Readonly<Record<string, string>> = {
  Deployment: "ReplicaSet",
  ReplicaSet: "ReplicaSet",
  ReplicationController: "ReplicationController",
  StatefulSet: "StatefulSet",
  DaemonSet: "DaemonSet",
};
const OF_JOBS: readonly string[] = ["OnFailure", "Never"];

/** `path` leads to the template. */
export function validateTemplateOf(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  { kind, podFailurePolicy }: { readonly kind: string; readonly podFailurePolicy: boolean },
): void {
  const { restartPolicy = "Always", activeDeadlineSeconds } = spec;
  const policyPath = child(child(path, "spec"), "restartPolicy");
  const called = ENDLESS[kind];
  if (called !== undefined) {
    if (restartPolicy !== "Always") {
      notSupported(errors, policyPath, goJsonString(restartPolicy), ["Always"]);
    }
    if (activeDeadlineSeconds === undefined) return;
    const deadlinePath = child(child(path, "spec"), "activeDeadlineSeconds");
    forbidden(errors, deadlinePath, `activeDeadlineSeconds in ${called} is not Supported`);
  } else if (kind === "Job" || kind === "CronJob") {
    if (restartPolicy === "Always") {
      required(errors, policyPath, 'valid values: "OnFailure", "Never"');
    } else if (!OF_JOBS.includes(restartPolicy)) {
      notSupported(errors, policyPath, goJsonString(restartPolicy), OF_JOBS);
    } else if (podFailurePolicy && restartPolicy !== "Never") {
      const detail = `only ${goQuote("Never")} is supported when podFailurePolicy is specified`;
      invalid(errors, policyPath, goJsonString(restartPolicy), detail);
    }
  }
}
