// How a workload's pods spread over a topology.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateTopologySpreadConstraints
import type { JsonObject } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { duplicate, type FieldErrors, invalid, notSupported, required } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateMatchLabelKeys } from "./labelKeys.ts";
import { validateLabelSelector } from "./labels.ts";
import { intOf, objectOf, textOf } from "./members.ts";

const ACTIONS: readonly string[] = ["DoNotSchedule", "ScheduleAnyway"];
const POLICIES: readonly string[] = ["Honor", "Ignore"];

export function validateTopologySpreadConstraints(
  errors: FieldErrors,
  path: Path,
  constraints: readonly JsonObject[],
): void {
  constraints.forEach((constraint, index) => {
    const at = indexed(path, index);
    const maxSkew = intOf(constraint, "maxSkew") ?? 0;
    const topologyKey = textOf(constraint, "topologyKey");
    const action = textOf(constraint, "whenUnsatisfiable");
    if (maxSkew <= 0) {
      invalid(errors, child(at, "maxSkew"), String(maxSkew), "must be greater than zero");
    }
    if (topologyKey === "") required(errors, child(at, "topologyKey"), "can not be empty");
    if (!ACTIONS.includes(action)) {
      notSupported(errors, child(at, "whenUnsatisfiable"), goJsonString(action), ACTIONS);
    }
    const isRepeated = constraints
      .slice(index + 1)
      .some(
        (later) =>
          textOf(later, "topologyKey") === topologyKey &&
          textOf(later, "whenUnsatisfiable") === action,
      );
    if (isRepeated) {
      const pair = child(at, "{topologyKey, whenUnsatisfiable}");
      duplicate(errors, pair, `{${topologyKey}, ${action}}`);
    }
    validateMinDomains(errors, child(at, "minDomains"), constraint);
    for (const name of ["nodeAffinityPolicy", "nodeTaintsPolicy"]) {
      const policy = constraint[name];
      if (typeof policy !== "string" || POLICIES.includes(policy)) continue;
      notSupported(errors, child(at, name), goJsonString(policy), POLICIES);
    }
    validateMatchLabelKeys(errors, at, constraint);
    const selector = objectOf(constraint, "labelSelector");
    validateLabelSelector(errors, child(at, "labelSelector"), selector);
  });
}

function validateMinDomains(errors: FieldErrors, path: Path, constraint: JsonObject): void {
  const domains = intOf(constraint, "minDomains");
  if (domains === undefined) return;
  if (domains <= 0) invalid(errors, path, String(domains), "must be greater than zero");
  const action = textOf(constraint, "whenUnsatisfiable");
  if (action === "DoNotSchedule") return;
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  invalid(errors, path, String(domains), detail);
}
