// Whether the pods of a workload are restarted, and how long they may run.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go, pkg/apis/batch/validation/validation.go validateJobSpec
import type { PodSpec } from "../../../model/pod.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import { goQuote } from "../../../rules/goText.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";

const OF_JOBS: readonly string[] = ["OnFailure", "Never"];

/** Pods that run for ever; `called` is how the server's message calls the workload, `path` leads to the template. */
export function validateEndless(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  called: string,
): void {
  const { restartPolicy = "Always", activeDeadlineSeconds } = spec;
  if (restartPolicy !== "Always") {
    const policyPath = child(child(path, "spec"), "restartPolicy");
    notSupported(errors, policyPath, goJsonString(restartPolicy), ["Always"]);
  }
  if (activeDeadlineSeconds === undefined) return;
  const deadlinePath = child(child(path, "spec"), "activeDeadlineSeconds");
  forbidden(errors, deadlinePath, `activeDeadlineSeconds in ${called} is not Supported`);
}

/** Pods that end. */
export function validateEnding(
  errors: FieldErrors,
  path: Path,
  { restartPolicy = "Always" }: PodSpec,
  hasPodFailurePolicy: boolean,
): void {
  const policyPath = child(child(path, "spec"), "restartPolicy");
  if (restartPolicy === "Always") {
    required(errors, policyPath, 'valid values: "OnFailure", "Never"');
  } else if (!OF_JOBS.includes(restartPolicy)) {
    notSupported(errors, policyPath, goJsonString(restartPolicy), OF_JOBS);
  } else if (hasPodFailurePolicy && restartPolicy !== "Never") {
    const detail = `only ${goQuote("Never")} is supported when podFailurePolicy is specified`;
    invalid(errors, policyPath, goJsonString(restartPolicy), detail);
  }
}
