// The spec of a Job, in a Job or in the template of a CronJob.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateJobSpec
import type { JobSpec } from "../../../model/workload.ts";
import type { World } from "../../../model/world.ts";
import { gateEnabled } from "../../../rules/featureGates.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import { utf8Length } from "../../../rules/goStrings.ts";
import {
  type FieldErrors,
  invalid,
  nonnegative,
  notSupported,
  required,
  tooLong,
} from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { isDomainPrefixedPath } from "../names.ts";
import { validatePodTemplateSpec } from "../pod.ts";
import { validateIndexed, validateNotIndexed } from "./indexedJob.ts";
import { validatePodFailurePolicy } from "./podFailurePolicy.ts";
import { validateEnding } from "./restart.ts";
import { successPolicyJson, validateSuccessPolicy } from "./successPolicy.ts";
import type { Workload } from "./workload.ts";

const MODES: readonly string[] = ["NonIndexed", "Indexed"];
const REPLACEMENT_POLICIES: readonly string[] = ["Failed", "TerminatingOrFailed"];
const LONGEST_MANAGER = 63;
const COUNTS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
] as const;

export function validateJobSpec(errors: FieldErrors, path: Path, job: Workload<JobSpec>): void {
  const { template, options } = job;
  const spec = withoutDisabledFields(job.spec, options.world);
  const { completionMode: mode, podFailurePolicy, successPolicy, managedBy } = spec;
  for (const field of COUNTS) nonnegative(errors, child(path, field), spec[field]);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    required(errors, child(path, "backoffLimitPerIndex"), "when maxFailedIndexes is specified");
  }
  if (managedBy !== undefined) validateManagedBy(errors, child(path, "managedBy"), managedBy);
  if (mode !== undefined && !MODES.includes(mode)) {
    notSupported(errors, child(path, "completionMode"), goJsonString(mode), MODES);
  }
  const isIndexed = mode === "Indexed";
  if (isIndexed) validateIndexed(errors, path, spec);
  else if (mode === undefined || mode === "NonIndexed") validateNotIndexed(errors, path, spec);
  if (podFailurePolicy !== undefined) {
    validatePodFailurePolicy(errors, child(path, "podFailurePolicy"), spec, template.spec);
  }
  if (successPolicy !== undefined) {
    const at = child(path, "successPolicy");
    if (isIndexed) validateSuccessPolicy(errors, at, successPolicy, spec.completions ?? 0);
    else invalid(errors, at, successPolicyJson(successPolicy), "requires indexed completion mode");
  }
  validatePodReplacementPolicy(errors, child(path, "podReplacementPolicy"), spec);
  const templatePath = child(path, "template");
  validatePodTemplateSpec(errors, templatePath, template, options);
  validateEnding(errors, templatePath, template.spec, podFailurePolicy !== undefined);
}

/** @see kubernetes v1.33.6 pkg/registry/batch/job/strategy.go PrepareForCreate */
function withoutDisabledFields(spec: JobSpec, world: World): JobSpec {
  const kept: { -readonly [K in keyof JobSpec]: JobSpec[K] } = { ...spec };
  if (!gateEnabled(world, "JobManagedBy")) delete kept.managedBy;
  if (!gateEnabled(world, "JobPodFailurePolicy")) delete kept.podFailurePolicy;
  if (!gateEnabled(world, "JobSuccessPolicy")) delete kept.successPolicy;
  if (!gateEnabled(world, "JobPodReplacementPolicy")) delete kept.podReplacementPolicy;
  if (gateEnabled(world, "JobBackoffLimitPerIndex")) return kept;
  delete kept.backoffLimitPerIndex;
  delete kept.maxFailedIndexes;
  const rules = kept.podFailurePolicy?.rules?.filter(({ action }) => action !== "FailIndex");
  if (rules !== undefined) kept.podFailurePolicy = { rules };
  return kept;
}

function validateManagedBy(errors: FieldErrors, path: Path, manager: string): void {
  isDomainPrefixedPath(errors, path, manager);
  if (utf8Length(manager) > LONGEST_MANAGER) tooLong(errors, path, LONGEST_MANAGER);
}

function validatePodReplacementPolicy(
  errors: FieldErrors,
  path: Path,
  { podReplacementPolicy: policy, podFailurePolicy }: JobSpec,
): void {
  if (policy === undefined) return;
  const supported = podFailurePolicy === undefined ? REPLACEMENT_POLICIES : ["Failed"];
  if (supported.includes(policy)) return;
  notSupported(errors, path, goJsonString(policy), supported);
}
