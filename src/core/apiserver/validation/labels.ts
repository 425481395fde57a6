// Labels, and selectors of labels.
// @see apimachinery v0.37.2 pkg/apis/meta/v1/validation/validation.go ValidateLabels, ValidateLabelSelector
import type { JsonObject } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { compareGoStrings } from "../../rules/goText.ts";
import { isLabelKey, isLabelValue } from "../../rules/names.ts";
import { type FieldErrors, forbidden, invalid, invalidText, required } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { objectsOf, textMapOf, textOf, textsOf } from "./members.ts";

export function validateLabelName(errors: FieldErrors, path: Path, name: string): void {
  invalidText(errors, path, name, isLabelKey(name));
}

export function validateLabelValue(errors: FieldErrors, path: Path, value: string): void {
  invalidText(errors, path, value, isLabelValue(value));
}

export function validateLabels(
  errors: FieldErrors,
  path: Path,
  labels: Readonly<Record<string, string>>,
): void {
  for (const key in labels) {
    validateLabelName(errors, path, key);
    validateLabelValue(errors, path, labels[key] ?? "");
  }
}

export function validateLabelSelector(
  errors: FieldErrors,
  path: Path,
  selector: JsonObject | undefined,
): void {
  if (selector === undefined) return;
  if (selector["matchLabels"] !== undefined) {
    validateLabels(errors, child(path, "matchLabels"), textMapOf(selector, "matchLabels"));
  }
  objectsOf(selector, "matchExpressions").forEach((requirement, index) => {
    const at = indexed(child(path, "matchExpressions"), index);
    const operator = textOf(requirement, "operator");
    const values = textsOf(requirement, "values");
    const valuesPath = child(at, "values");
    if (operator === "In" || operator === "NotIn") {
      if (values.length === 0) {
        required(errors, valuesPath, "must be specified when `operator` is 'In' or 'NotIn'");
      }
    } else if (operator === "Exists" || operator === "DoesNotExist") {
      const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      if (values.length > 0) forbidden(errors, valuesPath, detail);
    } else {
      const detail = "not a valid selector operator";
      invalid(errors, child(at, "operator"), goJsonString(operator), detail);
    }
    validateLabelName(errors, child(at, "key"), textOf(requirement, "key"));
    values.forEach((value, position) => {
      validateLabelValue(errors, indexed(valuesPath, position), value);
    });
  });
}

/** Go's JSON of a selector, whose names are the same inside the server. */
export function selectorJson(selector: JsonObject): string {
  const labels = textMapOf(selector, "matchLabels");
  const expressions = objectsOf(selector, "matchExpressions").map((requirement) => {
    const values = textsOf(requirement, "values");
    const listed = values.length === 0 ? "" : `,"values":[${values.map(goJsonString).join(",")}]`;
    const key = goJsonString(textOf(requirement, "key"));
    return `{"key":${key},"operator":${goJsonString(textOf(requirement, "operator"))}${listed}}`;
  });
  const members: string[] = [];
  if (Object.keys(labels).length > 0) members.push(`"matchLabels":${labelsJson(labels)}`);
  if (expressions.length > 0) members.push(`"matchExpressions":[${expressions.join(",")}]`);
  return `{${members.join(",")}}`;
}

export function labelsJson(labels: Readonly<Record<string, string>>): string {
  const members = Object.keys(labels)
    .sort(compareGoStrings)
    .map((key) => `${goJsonString(key)}:${goJsonString(labels[key] ?? "")}`);
  return `{${members.join(",")}}`;
}
