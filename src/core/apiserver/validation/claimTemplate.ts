// The claim that a pod's ephemeral volume is made from.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimTemplate
import type { JsonObject } from "../../model/json.ts";
import type { ObjectMeta } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { quantityOf, roundedToMilli, textOfQuantity } from "../../rules/quantityText.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  notSupported,
  required,
} from "../fieldError.ts";
import { child, keyed, type Path } from "../path.ts";
import { validateAnnotations } from "./annotations.ts";
import { validateLabelSelector, validateLabels } from "./labels.ts";
import { objectOf, textMapOf, textOf, textsOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";
import { validateQuantityValue } from "./resources.ts";

const ACCESS_MODES: readonly string[] = [
  "ReadOnlyMany",
  "ReadWriteMany",
  "ReadWriteOnce",
  "ReadWriteOncePod",
];
const VOLUME_MODES: readonly string[] = ["Block", "Filesystem"];
/** In the order of the Go struct. */
const NOT_ALLOWED =
  "name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds".split(
    " ",
  );
const NOT_ALLOWED_LAST = ["ownerReferences", "finalizers", "managedFields"];

export function validateClaimTemplate(errors: FieldErrors, path: Path, template: JsonObject): void {
  const metadata = objectOf(template, "metadata") ?? {};
  const metadataPath = child(path, "metadata");
  const { annotations } = metadata as ObjectMeta;
  if (annotations !== undefined) {
    validateAnnotations(errors, child(metadataPath, "annotations"), annotations);
  }
  validateLabels(errors, child(metadataPath, "labels"), textMapOf(metadata, "labels"));
  for (const field of [...NOT_ALLOWED, ...NOT_ALLOWED_LAST]) {
    const value = metadata[field];
    // What is no pointer cannot be told from its zero value.
    if (value === undefined || value === "" || value === 0) continue;
    forbidden(errors, child(metadataPath, field), "cannot be set");
  }
  validateClaimSpec(errors, child(path, "spec"), objectOf(template, "spec") ?? {});
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec */
export function validateClaimSpec(errors: FieldErrors, path: Path, spec: JsonObject): void {
  validateAccessModes(errors, child(path, "accessModes"), spec);
  validateStorage(errors, keyed(child(path, "resources"), "storage"), spec);
  validateClassName(errors, child(path, "storageClassName"), textOf(spec, "storageClassName"));
  const { volumeMode } = spec;
  if (typeof volumeMode === "string" && !VOLUME_MODES.includes(volumeMode)) {
    const at = child(path, "volumeMode");
    notSupported(errors, at, goJsonString(volumeMode), VOLUME_MODES);
  }
  const source = objectOf(spec, "dataSource");
  const ref = objectOf(spec, "dataSourceRef");
  if (source !== undefined) validateDataSource(errors, child(path, "dataSource"), source);
  if (ref !== undefined) {
    validateDataSource(errors, child(path, "dataSourceRef"), ref);
    validateNamespace(errors, child(path, "dataSourceRef"), ref);
  }
  if (source !== undefined && ref !== undefined) validateSameSource(errors, path, source, ref);
  const attributes = child(path, "volumeAttributesClassName");
  validateClassName(errors, attributes, textOf(spec, "volumeAttributesClassName"));
}

function validateAccessModes(errors: FieldErrors, path: Path, spec: JsonObject): void {
  const modes = textsOf(spec, "accessModes");
  if (modes.length === 0) required(errors, path, "at least 1 access mode is required");
  const selector = objectOf(spec, "selector");
  const specPath = path.parent;
  validateLabelSelector(errors, child(specPath, "selector"), selector);
  for (const mode of modes) {
    if (!ACCESS_MODES.includes(mode)) {
      notSupported(errors, path, goJsonString(mode), ACCESS_MODES);
    }
  }
  const others = modes.some((mode) => mode !== "ReadWriteOncePod" && ACCESS_MODES.includes(mode));
  if (!others || !modes.includes("ReadWriteOncePod")) return;
  forbidden(errors, path, "may not use ReadWriteOncePod with other access modes");
}

function validateStorage(errors: FieldErrors, path: Path, spec: JsonObject): void {
  const requests = objectOf(objectOf(spec, "resources") ?? {}, "requests") ?? {};
  const { storage } = requests;
  if (storage === undefined) {
    required(errors, path);
    return;
  }
  const amount = roundedToMilli(quantityOf(storage));
  if (amount.nano > 0n) validateQuantityValue(errors, path, "storage", amount);
  else invalid(errors, path, goQuote(textOfQuantity(amount)), "must be greater than zero");
}

function validateClassName(errors: FieldErrors, path: Path, name: string): void {
  if (name === "") return;
  invalidText(errors, path, name, isDns1123Subdomain(name));
}

function validateDataSource(errors: FieldErrors, path: Path, source: JsonObject): void {
  const kind = textOf(source, "kind");
  const group = textOf(source, "apiGroup");
  if (textOf(source, "name") === "") required(errors, child(path, "name"));
  if (kind === "") required(errors, child(path, "kind"));
  if (group === "" && kind !== "PersistentVolumeClaim") {
    const detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
    invalid(errors, path, goQuote(kind), detail);
  }
  validateClassName(errors, child(path, "apiGroup"), group);
}

/** What is told twice is the same, and in the same namespace. The server means to print a path and prints its struct. */
function validateSameSource(
  errors: FieldErrors,
  path: Path,
  source: JsonObject,
  ref: JsonObject,
): void {
  if (textOf(ref, "namespace") !== "") {
    invalid(errors, path, "{}", "may not be specified when dataSourceRef.namespace is specified");
  } else if (
    source["apiGroup"] !== ref["apiGroup"] ||
    textOf(source, "kind") !== textOf(ref, "kind") ||
    textOf(source, "name") !== textOf(ref, "name")
  ) {
    invalid(errors, path, "{}", "must match dataSourceRef");
  }
}

function validateNamespace(errors: FieldErrors, path: Path, ref: JsonObject): void {
  const namespace = textOf(ref, "namespace");
  if (namespace === "") return;
  invalidText(errors, child(path, "namespace"), namespace, isDns1123Label(namespace));
}
