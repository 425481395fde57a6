// Taints that a pod tolerates.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateTolerations
import type { JsonObject } from "../../model/json.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { isLabelValue } from "../../rules/names.ts";
import { type FieldErrors, invalid, notSupported } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateLabelName } from "./labels.ts";
import { intOf, textOf } from "./members.ts";

const EFFECTS: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const INT64_MAX = 9223372036854775807n;
const INT64_MIN = -9223372036854775808n;

export function validateTolerations(
  errors: FieldErrors,
  path: Path,
  tolerations: readonly JsonObject[],
  options: PodOptions,
): void {
  tolerations.forEach((toleration, index) => {
    const at = indexed(path, index);
    const key = textOf(toleration, "key");
    const operator = textOf(toleration, "operator");
    const effect = textOf(toleration, "effect");
    if (key !== "") validateLabelName(errors, child(at, "key"), key);
    if (key === "" && operator !== "Exists") {
      const detail =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      invalid(errors, child(at, "operator"), goJsonString(operator), detail);
    }
    if (intOf(toleration, "tolerationSeconds") !== undefined && effect !== "NoExecute") {
      const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      invalid(errors, child(at, "effect"), goJsonString(effect), detail);
    }
    validateOperator(errors, at, toleration, options);
    if (effect === "" || EFFECTS.includes(effect)) return;
    notSupported(errors, child(at, "effect"), goJsonString(effect), EFFECTS);
  });
}

function validateOperator(
  errors: FieldErrors,
  path: Path,
  toleration: JsonObject,
  { world }: PodOptions,
): void {
  const operator = textOf(toleration, "operator");
  const value = textOf(toleration, "value");
  const operatorPath = child(path, "operator");
  if (operator === "Equal" || operator === "") {
    const problems = isLabelValue(value);
    if (problems.length > 0) invalid(errors, operatorPath, goQuote(value), problems.join(";"));
  } else if (operator === "Exists") {
    if (value === "") return;
    const detail = "value must be empty when `operator` is 'Exists'";
    invalid(errors, operatorPath, goQuote(value), detail);
  } else if (operator !== "Lt" && operator !== "Gt") {
    notSupported(errors, operatorPath, goJsonString(operator), ["Equal", "Exists"]);
  } else if (!gateEnabled(world, "TaintTolerationComparisonOperators")) {
    const operators = ["Equal", "Exists", "Lt", "Gt"];
    notSupported(errors, operatorPath, goJsonString(operator), operators);
  } else validateDecimalInteger(errors, child(path, "value"), value);
}

/** @see apimachinery v0.37.2 pkg/api/validate/content/decimal_int.go IsDecimalInteger */
function validateDecimalInteger(errors: FieldErrors, path: Path, value: string): void {
  if (value === "") invalid(errors, path, goQuote(value), "must be non-empty");
  else if (!/^(?:0|-?[1-9][0-9]*)$/.test(value)) {
    invalid(errors, path, goQuote(value), "must be a valid decimal integer in canonical form");
  }
  if (!/^[-+]?[0-9]+$/.test(value)) {
    const problem = `strconv.ParseInt: parsing ${goQuote(value)}: invalid syntax`;
    invalid(errors, path, goQuote(value), problem);
    return;
  }
  const number = BigInt(value.replace("+", ""));
  if (number >= INT64_MIN && number <= INT64_MAX) return;
  const problem = `strconv.ParseInt: parsing ${goQuote(value)}: value out of range`;
  invalid(errors, path, goQuote(value), problem);
}
