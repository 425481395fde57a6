// Where a pod wants to run: which nodes, and near or far from which pods.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateAffinity
import type { JsonObject } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, forbidden, invalid, invalidText, required } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateMatchLabelKeys } from "./labelKeys.ts";
import { validateLabelName, validateLabelSelector, validateLabelValue } from "./labels.ts";
import { intOf, objectOf, objectsOf, textOf, textsOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

export function validateAffinity(errors: FieldErrors, path: Path, affinity: JsonObject): void {
  const node = objectOf(affinity, "nodeAffinity");
  if (node !== undefined) validateNodeAffinity(errors, child(path, "nodeAffinity"), node);
  for (const name of ["podAffinity", "podAntiAffinity"]) {
    const pod = objectOf(affinity, name);
    if (pod !== undefined) validatePodAffinity(errors, child(path, name), pod);
  }
}

function validateNodeAffinity(errors: FieldErrors, path: Path, affinity: JsonObject): void {
  const selector = objectOf(affinity, REQUIRED);
  if (selector !== undefined) {
    const termsPath = child(child(path, REQUIRED), "nodeSelectorTerms");
    const terms = objectsOf(selector, "nodeSelectorTerms");
    if (terms.length === 0) {
      required(errors, termsPath, "must have at least one node selector term");
    }
    terms.forEach((term, index) => {
      validateNodeSelectorTerm(errors, indexed(termsPath, index), term, true);
    });
  }
  objectsOf(affinity, PREFERRED).forEach((preferred, index) => {
    const at = indexed(child(path, PREFERRED), index);
    validateWeight(errors, at, preferred);
    const term = objectOf(preferred, "preference") ?? {};
    // Of a mere preference a wrong value is warned about.
    validateNodeSelectorTerm(errors, child(at, "preference"), term, false);
  });
}

function validateWeight(errors: FieldErrors, path: Path, weighted: JsonObject): void {
  const weight = intOf(weighted, "weight") ?? 0;
  if (weight >= 1 && weight <= 100) return;
  invalid(errors, child(path, "weight"), String(weight), "must be in the range 1-100");
}

function validateNodeSelectorTerm(
  errors: FieldErrors,
  path: Path,
  term: JsonObject,
  checksValues: boolean,
): void {
  objectsOf(term, "matchExpressions").forEach((requirement, index) => {
    const at = indexed(child(path, "matchExpressions"), index);
    validateOperator(errors, at, requirement);
    validateLabelName(errors, child(at, "key"), textOf(requirement, "key"));
    if (!checksValues) return;
    textsOf(requirement, "values").forEach((value, position) => {
      validateLabelValue(errors, indexed(child(at, "values"), position), value);
    });
  });
  objectsOf(term, "matchFields").forEach((requirement, index) => {
    validateFieldRequirement(errors, indexed(child(path, "matchFields"), index), requirement);
  });
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement */
function validateOperator(errors: FieldErrors, path: Path, requirement: JsonObject): void {
  const operator = textOf(requirement, "operator");
  const { length } = textsOf(requirement, "values");
  const valuesPath = child(path, "values");
  if (operator === "In" || operator === "NotIn") {
    if (length > 0) return;
    required(errors, valuesPath, "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (length === 0) return;
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    forbidden(errors, valuesPath, detail);
  } else if (operator === "Gt" || operator === "Lt") {
    if (length === 1) return;
    required(errors, valuesPath, "must be specified single value when `operator` is 'Lt' or 'Gt'");
  } else {
    const detail = "not a valid selector operator";
    invalid(errors, child(path, "operator"), goJsonString(operator), detail);
  }
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateNodeFieldSelectorRequirement */
function validateFieldRequirement(errors: FieldErrors, path: Path, requirement: JsonObject): void {
  const operator = textOf(requirement, "operator");
  const key = textOf(requirement, "key");
  const values = textsOf(requirement, "values");
  if (operator !== "In" && operator !== "NotIn") {
    const detail = "not a valid selector operator";
    invalid(errors, child(path, "operator"), goJsonString(operator), detail);
  } else if (values.length !== 1) {
    const detail =
      "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    required(errors, child(path, "values"), detail);
  }
  if (key !== "metadata.name") {
    invalid(errors, child(path, "key"), goQuote(key), "not a valid field selector key");
    return;
  }
  values.forEach((value, index) => {
    invalidText(errors, indexed(child(path, "values"), index), value, isDns1123Subdomain(value));
  });
}

function validatePodAffinity(errors: FieldErrors, path: Path, affinity: JsonObject): void {
  objectsOf(affinity, REQUIRED).forEach((term, index) => {
    validatePodAffinityTerm(errors, indexed(child(path, REQUIRED), index), term);
  });
  objectsOf(affinity, PREFERRED).forEach((weighted, index) => {
    const at = indexed(child(path, PREFERRED), index);
    validateWeight(errors, at, weighted);
    const term = objectOf(weighted, "podAffinityTerm") ?? {};
    validatePodAffinityTerm(errors, child(at, "podAffinityTerm"), term);
  });
}

function validatePodAffinityTerm(errors: FieldErrors, path: Path, term: JsonObject): void {
  for (const name of ["labelSelector", "namespaceSelector"]) {
    validateLabelSelector(errors, child(path, name), objectOf(term, name));
  }
  for (const namespace of textsOf(term, "namespaces")) {
    invalidText(errors, child(path, "namespace"), namespace, isDns1123Label(namespace));
  }
  validateMatchLabelKeys(errors, path, term);
  const topologyKey = textOf(term, "topologyKey");
  if (topologyKey === "") required(errors, child(path, "topologyKey"), "can not be empty");
  validateLabelName(errors, child(path, "topologyKey"), topologyKey);
}
