// A workload's selector against the labels of its own template: pods that it makes and does not find again are refused.
// @see apimachinery v0.37.2 pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector
import type { JsonObject } from "../../../model/json.ts";
import type { ObjectMeta } from "../../../model/pod.ts";
import { type FieldErrors, invalid } from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { labelsJson, validateLabelSelector } from "../labels.ts";
import { objectsOf, textMapOf, textOf, textsOf } from "../members.ts";

type Labels = Readonly<Record<string, string>>;

/** Whether the selector can be asked; `selector` undefined is Go's nil, which selects nothing. */
export function validateSelector(
  errors: FieldErrors,
  path: Path,
  selector: JsonObject | undefined,
): boolean {
  const before = errors.length;
  validateLabelSelector(errors, path, selector);
  return errors.length === before;
}

export function isEmptySelector(selector: JsonObject): boolean {
  for (const _key in textMapOf(selector, "matchLabels")) return false;
  return objectsOf(selector, "matchExpressions").length === 0;
}

/** @see apimachinery v0.37.2 pkg/labels/selector.go Requirement.Matches */
export function selects(selector: JsonObject | undefined, labels: Labels = {}): boolean {
  if (selector === undefined || !hasAll(labels, textMapOf(selector, "matchLabels"))) return false;
  return objectsOf(selector, "matchExpressions").every((requirement) => {
    const key = textOf(requirement, "key");
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    const isListed = value !== undefined && textsOf(requirement, "values").includes(value);
    switch (requirement["operator"]) {
      case "In":
        return isListed;
      case "NotIn":
        return !isListed;
      case "Exists":
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}

export function hasAll(labels: Labels, wanted: Labels): boolean {
  for (const key in wanted) {
    if (!Object.hasOwn(labels, key) || labels[key] !== wanted[key]) return false;
  }
  return true;
}

/** `template` leads to the template. */
export function refuseLabels(errors: FieldErrors, template: Path, { labels }: ObjectMeta): void {
  const path = child(child(template, "metadata"), "labels");
  const shown = labels === undefined ? "null" : labelsJson(labels);
  invalid(errors, path, shown, "`selector` does not match template `labels`");
}
