// The spec of a CronJob.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateCronJobSpec
import { at, type Versioned } from "../../../model/version.ts";
import type { CronJobSpec } from "../../../model/workload.ts";
import type { World } from "../../../model/world.ts";
import { gateEnabled } from "../../../rules/featureGates.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import { goQuote } from "../../../rules/goText.ts";
import {
  type FieldErrors,
  invalid,
  nonnegative,
  notSupported,
  required,
} from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { selectorJson } from "../labels.ts";
import { validateCronJobName } from "../objectMeta.ts";
import { cronScheduleError } from "./cronSchedule.ts";
import { validateJobSpec } from "./jobSpec.ts";
import { validateTimeZone } from "./timeZone.ts";
import type { Workload } from "./workload.ts";

const CONCURRENCY_POLICIES: readonly string[] = ["Allow", "Forbid", "Replace"];
/** @see kubernetes v1.28.15 and v1.29.15 pkg/apis/batch/validation/validation.go validateScheduleFormat */
const REFUSES_ZONE_IN_SCHEDULE: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.29", value: true },
];

export function validateCronJobSpec(
  errors: FieldErrors,
  path: Path,
  { metadata, spec, template, options }: Workload<CronJobSpec>,
): void {
  const { schedule = "", concurrencyPolicy: policy } = spec;
  const timeZone = gateEnabled(options.world, "CronJobTimeZone") ? spec.timeZone : undefined;
  // What is declared is judged behind the rest.
  const isDeclared = gateEnabled(options.world, "DeclarativeValidationBeta");
  const schedulePath = child(path, "schedule");
  if (schedule !== "") {
    validateScheduleFormat(errors, schedulePath, schedule, timeZone, options.world);
  } else if (!isDeclared) required(errors, schedulePath);
  nonnegative(errors, child(path, "startingDeadlineSeconds"), spec.startingDeadlineSeconds);
  if (timeZone !== undefined) validateTimeZone(errors, child(path, "timeZone"), timeZone);
  if (policy && !CONCURRENCY_POLICIES.includes(policy)) {
    const at = child(path, "concurrencyPolicy");
    notSupported(errors, at, goJsonString(policy), CONCURRENCY_POLICIES);
  }
  const job = spec.jobTemplate?.spec ?? {};
  const jobPath = child(child(path, "jobTemplate"), "spec");
  validateJobSpec(errors, jobPath, { metadata, spec: job, template, options });
  if (job.selector !== undefined) {
    const detail = "`selector` will be auto-generated";
    invalid(errors, child(jobPath, "selector"), selectorJson(job.selector), detail);
  }
  if (job.manualSelector === true) {
    notSupported(errors, child(jobPath, "manualSelector"), "true", ["nil", "false"]);
  }
  nonnegative(errors, child(path, "successfulJobsHistoryLimit"), spec.successfulJobsHistoryLimit);
  nonnegative(errors, child(path, "failedJobsHistoryLimit"), spec.failedJobsHistoryLimit);
  validateCronJobName(errors, metadata);
  if (schedule === "" && isDeclared) required(errors, schedulePath);
}

function validateScheduleFormat(
  errors: FieldErrors,
  path: Path,
  schedule: string,
  timeZone: string | undefined,
  { kubernetes }: World,
): void {
  const error = cronScheduleError(schedule);
  if (error !== undefined) invalid(errors, path, goQuote(schedule), error);
  if (!schedule.includes("TZ")) return;
  if (at(REFUSES_ZONE_IN_SCHEDULE, kubernetes) === true) {
    const detail = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
    invalid(errors, path, goQuote(schedule), detail);
  } else if (timeZone !== undefined) {
    const detail = "cannot use both timeZone field and TZ or CRON_TZ in schedule";
    invalid(errors, path, goQuote(schedule), detail);
  }
}
