// A Job: its own spec, and what of its name its pods have to bear.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go ValidateJobCreate, ValidateJobSpec
import type { JobSpec } from "../../../model/workload.ts";
import { goQuote } from "../../../rules/goText.ts";
import { type FieldErrors, invalid, required } from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { isDns1123Label } from "../names.ts";
import { validateGeneratedSelector } from "./jobSelector.ts";
import { validateJobSpec } from "./jobSpec.ts";
import { refuseLabels, selects, validateSelector } from "./selector.ts";
import type { Workload } from "./workload.ts";

const NAME = child(child(undefined, "metadata"), "name");

/** With the selector and the labels that the server makes. */
export function validateJob(errors: FieldErrors, path: Path, workload: Workload<JobSpec>): void {
  const job = withDefaults(workload);
  const { selector } = job.spec;
  validateGeneratedSelector(errors, path, job);
  validateJobSpec(errors, path, job);
  const selectorPath = child(path, "selector");
  if (selector === undefined) required(errors, selectorPath);
  const canBeAsked = validateSelector(errors, selectorPath, selector);
  if (canBeAsked && !selects(selector, job.template.metadata.labels)) {
    refuseLabels(errors, child(path, "template"), job.template.metadata);
  }
  validateNameAllowsCompletions(errors, job);
}

/** @see kubernetes v1.37.2 pkg/apis/batch/v1/defaults.go SetDefaults_Job */
function withDefaults(job: Workload<JobSpec>): Workload<JobSpec> {
  const { parallelism, completions } = job.spec;
  if (parallelism !== undefined) return job;
  const once = completions === undefined ? { completions: 1 } : {};
  return { ...job, spec: { ...job.spec, ...once, parallelism: 1 } };
}

/** Pods of an indexed Job are called after it and their index. A Job without a name gets one from whoever sends it. */
function validateNameAllowsCompletions(
  errors: FieldErrors,
  { metadata: { name = "" }, spec: { completionMode, completions = 0 } }: Workload<JobSpec>,
): void {
  if (completionMode !== "Indexed" || completions <= 0 || name === "") return;
  const longest = `${name}-${completions - 1}`;
  if (isDns1123Label(longest).length === 0) return;
  const detail = `will not able to create pod with invalid DNS label: ${longest}`;
  invalid(errors, NAME, goQuote(name), detail);
}
