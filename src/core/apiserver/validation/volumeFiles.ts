// Files that a volume projects: of a ConfigMap, a Secret, the downward API. Their paths stay below the volume.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateKeyToPath, validateDownwardAPIVolumeFile
import type { JsonObject } from "../../model/json.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, invalid, required } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import {
  validateContainerResourceFieldSelector,
  validateObjectFieldSelector,
} from "./fieldSelectors.ts";
import { validateIdField } from "./ids.ts";
import { validateLocalDescendingPath } from "./localPath.ts";
import { intOf, objectOf, objectsOf, textOf } from "./members.ts";

const MOST_MODE = 0o777;
const FIELDS: readonly string[] = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];

/** `field` is the mode of one file or the default of all. */
export function validateFileMode(
  errors: FieldErrors,
  path: Path,
  field: "mode" | "defaultMode",
  owner: JsonObject,
): void {
  const mode = intOf(owner, field);
  if (mode === undefined || (mode >= 0 && mode <= MOST_MODE)) return;
  const detail = "must be a number between 0 and 0777 (octal), both inclusive";
  invalid(errors, child(path, field), String(mode), detail);
}

export function validateItems(errors: FieldErrors, path: Path, source: JsonObject): void {
  objectsOf(source, "items").forEach((item, index) => {
    validateKeyToPath(errors, indexed(child(path, "items"), index), item);
  });
}

export function validateKeyToPath(errors: FieldErrors, path: Path, item: JsonObject): void {
  if (textOf(item, "key") === "") required(errors, child(path, "key"));
  const file = textOf(item, "path");
  if (file === "") required(errors, child(path, "path"));
  validateLocalNonReservedPath(errors, child(path, "path"), file);
  validateFileMode(errors, path, "mode", item);
  validateIdField(errors, path, "user", intOf(item, "user"));
}

export function validateLocalNonReservedPath(errors: FieldErrors, path: Path, file: string): void {
  validateLocalDescendingPath(errors, path, file);
  if (!file.startsWith("..") || file.startsWith("../")) return;
  invalid(errors, path, goQuote(file), "must not start with '..'");
}

/** The server leaves the index of the file out of its path. */
export function validateDownwardApiFile(errors: FieldErrors, path: Path, file: JsonObject): void {
  const name = textOf(file, "path");
  const fieldRef = objectOf(file, "fieldRef");
  const resourceFieldRef = objectOf(file, "resourceFieldRef");
  if (name === "") required(errors, child(path, "path"));
  validateLocalNonReservedPath(errors, child(path, "path"), name);
  if (fieldRef !== undefined) {
    validateObjectFieldSelector(errors, child(path, "fieldRef"), fieldRef, FIELDS);
    const detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
    if (resourceFieldRef !== undefined) invalid(errors, path, '"resource"', detail);
  } else if (resourceFieldRef !== undefined) {
    const refPath = child(path, "resourceFieldRef");
    validateContainerResourceFieldSelector(errors, refPath, resourceFieldRef, true);
  } else required(errors, path, "one of fieldRef and resourceFieldRef is required");
  validateFileMode(errors, path, "mode", file);
  validateIdField(errors, path, "user", intOf(file, "user"));
}
