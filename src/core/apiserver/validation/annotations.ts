// Annotations of a pod or template: their keys and size, and the ones that Kubernetes itself reads.
// @see apimachinery v0.37.2 pkg/api/validation/objectmeta.go ValidateAnnotations

import type { PodSpec } from "../../model/pod.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { goJsonSyntaxError } from "../../rules/goJsonSyntax.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { parseJson } from "../../rules/json.ts";
import { isLabelKey } from "../../rules/names.ts";
import { decodeValue } from "../decode/decodeValue.ts";
import { type GoType, structType } from "../decode/schema.ts";
import { type FieldErrors, invalid, invalidText, tooLong } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, keyed, type Path } from "../path.ts";
import { validateAppArmorPodAnnotations } from "./appArmorProfile.ts";
import { validateSeccompPodAnnotations } from "./seccompProfile.ts";
import { validateTolerations } from "./tolerations.ts";

const MIRROR = "kubernetes.io/config.mirror";
const TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations";
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
/** The server's internal type. */
const TOLERATION_LIST: GoType = {
  kind: "list",
  shown: "[]core.Toleration",
  nullable: true,
  struct: "",
  element: structType("core.Toleration"),
};
const MOST_BYTES = 256 * 1024;

export function validateAnnotations(
  errors: FieldErrors,
  path: Path,
  annotations: Readonly<Record<string, string>>,
): void {
  let bytes = 0;
  for (const key in annotations) {
    bytes += key.length + (annotations[key]?.length ?? 0);
    invalidText(errors, path, key, isLabelKey(key.toLowerCase()));
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
  { spec, options }: { readonly spec: PodSpec; readonly options: PodOptions },
): void {
  validateMirror(errors, path, annotations, spec);
  const tolerations = annotations[TOLERATIONS];
  if (tolerations) validateTolerationsAnnotation(errors, path, tolerations, options);
  const cost = annotations[DELETION_COST];
  const isCost = cost === undefined || isDeletionCost(cost);
  if (!isCost && gateEnabled(options.world, "PodDeletionCost")) {
    invalid(errors, keyed(path, DELETION_COST), goQuote(cost), "must be a 32bit integer");
  }
  validateSeccompPodAnnotations(errors, path, annotations);
  validateAppArmorPodAnnotations(errors, path, annotations, spec);
}

/** A static pod's copy stands on the node that runs it. */
function validateMirror(
  errors: FieldErrors,
  path: Path,
  annotations: Readonly<Record<string, string>>,
  spec: PodSpec,
): void {
  const mirror = annotations[MIRROR];
  if (mirror === undefined || spec["nodeName"]) return;
  const detail = "must set spec.nodeName if mirror pod annotation is set";
  invalid(errors, keyed(path, MIRROR), goQuote(mirror), detail);
}

/** @see kubernetes v1.37.2 pkg/apis/core/helper/helpers.go GetDeletionCostFromPodAnnotations */
function isDeletionCost(text: string): boolean {
  if (!/^(?:0|-[0-9]+|[1-9][0-9]*)$/.test(text)) return false;
  const cost = Number(text);
  return cost >= -2147483648 && cost <= 2147483647;
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateTolerationsInPodAnnotations */
function validateTolerationsAnnotation(
  errors: FieldErrors,
  path: Path,
  text: string,
  options: PodOptions,
): void {
  const problem = goJsonSyntaxError(text);
  if (problem !== undefined) {
    invalid(errors, path, goQuote(TOLERATIONS), problem);
    return;
  }
  const { value, typeError } = decodeValue(parseJson(text), TOLERATION_LIST);
  if (typeError !== undefined) invalid(errors, path, goQuote(TOLERATIONS), typeError.message);
  else if (Array.isArray(value)) {
    validateTolerations(errors, child(path, TOLERATIONS), value, options);
  }
}
