// Keys whose values a pod's own labels give to a selector.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateMatchLabelKeysAndMismatchLabelKeys
import type { JsonObject } from "../../model/json.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, forbidden, invalid } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateLabelName } from "./labels.ts";
import { objectOf, objectsOf, textMapOf, textOf, textsOf } from "./members.ts";

/** `term` has matchLabelKeys, mismatchLabelKeys and labelSelector. */
export function validateMatchLabelKeys(errors: FieldErrors, path: Path, term: JsonObject): void {
  const selector = objectOf(term, "labelSelector");
  const match = textsOf(term, "matchLabelKeys");
  const mismatch = textsOf(term, "mismatchLabelKeys");
  validateLabelKeys(errors, child(path, "matchLabelKeys"), match, selector);
  validateLabelKeys(errors, child(path, "mismatchLabelKeys"), mismatch, selector);
  if (selector !== undefined) {
    const known = new Set(Object.keys(textMapOf(selector, "matchLabels")));
    for (const expression of objectsOf(selector, "matchExpressions")) {
      const key = textOf(expression, "key");
      const index = match.lastIndexOf(key);
      if (index >= 0 && known.has(key)) {
        const detail = "exists in both matchLabelKeys and labelSelector";
        invalid(errors, indexed(path, index), goQuote(key), detail);
      }
      known.add(key);
    }
  }
  match.forEach((key, index) => {
    if (!mismatch.includes(key)) return;
    const detail = "exists in both matchLabelKeys and mismatchLabelKeys";
    invalid(errors, indexed(child(path, "matchLabelKeys"), index), goQuote(key), detail);
  });
}

function validateLabelKeys(
  errors: FieldErrors,
  path: Path,
  keys: readonly string[],
  selector: JsonObject | undefined,
): void {
  if (keys.length === 0) return;
  if (selector === undefined) {
    forbidden(errors, path, "must not be specified when labelSelector is not set");
    return;
  }
  keys.forEach((key, index) => {
    validateLabelName(errors, indexed(path, index), key);
  });
}
