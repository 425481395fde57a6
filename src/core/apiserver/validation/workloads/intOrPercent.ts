// How many pods an update may take at once: a number, or a percentage of all.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent
import type { IntOrString } from "../../../model/workload.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import { regexError } from "../../../rules/names.ts";
import { atoi } from "../../../rules/passwd.ts";
import { type FieldErrors, invalid, nonnegative } from "../../fieldError.ts";
import type { Path } from "../../path.ts";

const IS_PERCENT = /^[0-9]+%$/;
const MAX_INT64 = 2n ** 63n - 1n;

export function validatePositiveIntOrPercent(
  errors: FieldErrors,
  path: Path,
  value: IntOrString,
): void {
  if (typeof value !== "string") nonnegative(errors, path, value);
  else if (!IS_PERCENT.test(value)) {
    const rule = "a valid percent string must be a numeric string followed by an ending '%'";
    invalid(errors, path, goJsonString(value), regexError(rule, "[0-9]+%", ["1%", "93%"]));
  }
}

export function isNotMoreThan100Percent(errors: FieldErrors, path: Path, value: IntOrString): void {
  if (typeof value !== "string" || !IS_PERCENT.test(value) || amountOf(value) <= 100) return;
  invalid(errors, path, goJsonString(value), "must not be greater than 100%");
}

export function isZero(value: IntOrString): boolean {
  return Number(amountOf(value)) === 0;
}

/** The percentage or the number; a text that is neither counts as zero. */
function amountOf(value: IntOrString): number | bigint {
  if (typeof value !== "string") return value;
  const isPercent = IS_PERCENT.test(value);
  const number = atoi(isPercent ? value.slice(0, -1) : value);
  return number === "range" ? MAX_INT64 : (number ?? 0);
}

/** As Go's JSON has it. */
export function intOrStringJson(value: IntOrString): string {
  return typeof value === "string" ? goJsonString(value) : String(value);
}
