// Annotations of a pod or template: their keys and size, and the ones that Kubernetes itself reads.
// @see apimachinery v0.37.2 pkg/api/validation/objectmeta.go ValidateAnnotations
import type { PodSpec } from "../../model/pod.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, invalid, tooLong } from "../fieldError.ts";
import type { Path } from "../path.ts";
import { validateAppArmorPodAnnotations } from "./appArmorProfile.ts";
import { isQualifiedName } from "./names.ts";
import { validateSeccompPodAnnotations } from "./seccompProfile.ts";

const MOST_BYTES = 256 * 1024;
/** A key that needs no closer look. */
const COMMON_KEY = /^(?:[a-z0-9.]{1,100}\/)?[a-z0-9](?:[-a-z0-9._]{0,40}[a-z0-9])?$/;
const DOTS = /(?:^|\/)\.|\.\.|\.\//;

export function validateAnnotations(
  errors: FieldErrors,
  path: Path,
  annotations: Readonly<Record<string, string>>,
): void {
  let bytes = 0;
  for (const key in annotations) {
    bytes += key.length + (annotations[key]?.length ?? 0);
    if (COMMON_KEY.test(key) && !DOTS.test(key)) continue;
    for (const problem of isQualifiedName(key.toLowerCase())) {
      invalid(errors, path, goQuote(key), problem);
    }
  }
  // A UTF-16 unit is at most three bytes, so most need no exact count.
  if (bytes * 3 > MOST_BYTES && size(annotations) > MOST_BYTES) tooLong(errors, path, MOST_BYTES);
}

function size(annotations: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations))
    bytes += utf8Length(key) + utf8Length(value);
  return bytes;
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotations */
export function validatePodSpecificAnnotations(
  errors: FieldErrors,
  path: Path,
  annotations: Readonly<Record<string, string>>,
  spec: PodSpec,
): void {
  validateSeccompPodAnnotations(errors, path, annotations);
  validateAppArmorPodAnnotations(errors, path, annotations, spec);
}
