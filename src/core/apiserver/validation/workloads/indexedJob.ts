// How many pods and failures a Job may have whose pods are counted one by one, and what only such a Job may ask for.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateJobSpec
import type { JobSpec } from "../../../model/workload.ts";
import { type FieldErrors, invalid, required } from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";

const MOST = 100_000;
const MOST_OF_MANY = 10_000;

export function validateIndexed(errors: FieldErrors, path: Path, spec: JobSpec): void {
  const { completions, parallelism = 0, maxFailedIndexes: failed, backoffLimitPerIndex } = spec;
  const refuse = (field: keyof JobSpec, detail: string): void =>
    invalid(
      errors,
      child(path, field),
      String(spec[field]),
      `must be less than or equal to ${detail}`,
    );
  if (completions === undefined) {
    required(errors, child(path, "completions"), "when completion mode is Indexed");
  }
  if (parallelism > MOST) refuse("parallelism", `${MOST} when completion mode is Indexed`);
  if (completions !== undefined && failed !== undefined && failed > completions) {
    refuse("maxFailedIndexes", "completions");
  }
  if (failed !== undefined && failed > MOST) refuse("maxFailedIndexes", String(MOST));
  if (completions === undefined || completions <= MOST || backoffLimitPerIndex === undefined)
    return;
  const ofMany = `${MOST_OF_MANY} when completions are above ${MOST} and used with backoff limit per index`;
  if (failed === undefined) {
    const detail = `must be specified when completions is above ${MOST}`;
    required(errors, child(path, "maxFailedIndexes"), detail);
  }
  if (parallelism > MOST_OF_MANY) refuse("parallelism", ofMany);
  if (failed !== undefined && failed > MOST_OF_MANY) refuse("maxFailedIndexes", ofMany);
}

export function validateNotIndexed(errors: FieldErrors, path: Path, spec: JobSpec): void {
  for (const field of ["backoffLimitPerIndex", "maxFailedIndexes"] as const) {
    if (spec[field] === undefined) continue;
    invalid(errors, child(path, field), String(spec[field]), "requires indexed completion mode");
  }
}
