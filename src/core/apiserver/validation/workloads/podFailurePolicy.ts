// What a Job makes of a failed pod: rules over its exit codes or its conditions.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validatePodFailurePolicy
import type { PodSpec } from "../../../model/pod.ts";
import type {
  JobSpec,
  OnExitCodes,
  OnPodCondition,
  PodFailurePolicyRule,
} from "../../../model/workload.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import { goQuote } from "../../../rules/goText.ts";
import {
  duplicate,
  type FieldErrors,
  invalid,
  invalidWhole,
  notSupported,
  required,
  tooMany,
} from "../../fieldError.ts";
import { child, indexed, type Path } from "../../path.ts";
import { validateLabelName } from "../labels.ts";

const ACTIONS: readonly string[] = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS: readonly string[] = ["In", "NotIn"];
const STATUSES: readonly string[] = ["False", "True", "Unknown"];
const MOST_RULES = 20;
const MOST_CONDITIONS = 20;
const MOST_CODES = 255;

export function validatePodFailurePolicy(
  errors: FieldErrors,
  path: Path,
  spec: JobSpec,
  { containers = [], initContainers = [] }: PodSpec,
): void {
  const { rules = [] } = spec.podFailurePolicy ?? {};
  const rulesPath = child(path, "rules");
  if (rules.length > MOST_RULES) tooMany(errors, rulesPath, rules.length, MOST_RULES);
  const names = new Set([...containers, ...initContainers].map(({ name }) => name));
  rules.forEach((rule, index) => {
    validateRule(errors, indexed(rulesPath, index), rule, { spec, names });
  });
}

interface Around {
  readonly spec: JobSpec;
  /** Of the template's containers. */
  readonly names: ReadonlySet<string>;
}

function validateRule(
  errors: FieldErrors,
  path: Path,
  { action = "", onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  { spec, names }: Around,
): void {
  const actionPath = child(path, "action");
  if (action !== "FailIndex") validateOneOf(errors, actionPath, action, ACTIONS);
  else if (spec.backoffLimitPerIndex === undefined) {
    const detail = "requires the backoffLimitPerIndex to be set";
    invalid(errors, actionPath, goJsonString(action), detail);
  }
  const hasConditions = onPodConditions.length > 0;
  if (onExitCodes !== undefined) {
    validateExitCodes(errors, child(path, "onExitCodes"), onExitCodes, names);
  }
  validateConditions(errors, child(path, "onPodConditions"), onPodConditions);
  if ((onExitCodes !== undefined) !== hasConditions) return;
  const detail = hasConditions
    ? "specifying both OnExitCodes and OnPodConditions is not supported"
    : "specifying one of OnExitCodes and OnPodConditions is required";
  invalidWhole(errors, path, detail);
}

function validateOneOf(
  errors: FieldErrors,
  path: Path,
  value: string,
  supported: readonly string[],
): void {
  if (value === "") required(errors, path, `valid values: [${supported.map(goQuote).join(" ")}]`);
  else if (!supported.includes(value)) {
    notSupported(errors, path, goJsonString(value), supported);
  }
}

function validateConditions(
  errors: FieldErrors,
  path: Path,
  conditions: readonly OnPodCondition[],
): void {
  if (conditions.length > MOST_CONDITIONS) {
    tooMany(errors, path, conditions.length, MOST_CONDITIONS);
  }
  conditions.forEach(({ type = "", status }, index) => {
    const at = indexed(path, index);
    validateLabelName(errors, child(at, "type"), type);
    validateOneOf(errors, child(at, "status"), status || "True", STATUSES);
  });
}

function validateExitCodes(
  errors: FieldErrors,
  path: Path,
  { containerName, operator = "", values }: OnExitCodes,
  names: ReadonlySet<string>,
): void {
  validateOneOf(errors, child(path, "operator"), operator, OPERATORS);
  if (containerName !== undefined && !names.has(containerName)) {
    const detail = "must be one of the container or initContainer names in the pod template";
    invalid(errors, child(path, "containerName"), goQuote(containerName), detail);
  }
  const valuesPath = child(path, "values");
  const shown = values === undefined ? "null" : `[${values.join(",")}]`;
  const codes = values ?? [];
  if (codes.length === 0) invalid(errors, valuesPath, shown, "at least one value is required");
  else if (codes.length > MOST_CODES) tooMany(errors, valuesPath, codes.length, MOST_CODES);
  const seen = new Set<number>();
  codes.forEach((code, index) => {
    const at = indexed(valuesPath, index);
    if (operator === "In" && code === 0) {
      invalid(errors, at, "0", "must not be 0 for the In operator");
    }
    if (seen.has(code)) duplicate(errors, at, code);
    seen.add(code);
  });
  const isOrdered = codes.every((code, index) => index === 0 || (codes[index - 1] ?? 0) <= code);
  if (!isOrdered) invalid(errors, valuesPath, shown, "must be ordered");
}
