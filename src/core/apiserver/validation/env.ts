// The environment of a container: names of its variables, and where their values come from.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateEnv, ValidateEnvFrom
import type { JsonObject } from "../../model/json.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { type FieldErrors, invalid, invalidText, required } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import {
  validateContainerResourceFieldSelector,
  validateObjectFieldSelector,
} from "./fieldSelectors.ts";
import { validatePathNoBacksteps } from "./localPath.ts";
import { objectOf, textOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";
import { isConfigMapKey, isEnvVarName, isRelaxedEnvVarName } from "./textForms.ts";

const COMMON_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const FIELDS: readonly string[] = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

export function validateEnv(
  errors: FieldErrors,
  path: Path,
  vars: readonly JsonObject[],
  options: PodOptions,
): void {
  vars.forEach((variable, index) => {
    const name = textOf(variable, "name");
    if (!COMMON_NAME.test(name)) {
      validateEnvName(errors, child(indexed(path, index), "name"), name, options);
    }
    if (variable["valueFrom"] === undefined) return;
    validateValueFrom(errors, child(indexed(path, index), "valueFrom"), variable, options);
  });
}

function validateEnvName(errors: FieldErrors, path: Path, name: string, options: PodOptions): void {
  if (name === "") required(errors, path);
  else invalidText(errors, path, name, envNameProblems(name, options));
}

function envNameProblems(name: string, { world }: PodOptions): string[] {
  const relaxed = gateEnabled(world, "RelaxedEnvironmentVariableValidation");
  return relaxed ? isRelaxedEnvVarName(name) : isEnvVarName(name);
}

function validateValueFrom(
  errors: FieldErrors,
  path: Path,
  variable: JsonObject,
  { world }: PodOptions,
): void {
  const from = objectOf(variable, "valueFrom") ?? {};
  const fieldRef = objectOf(from, "fieldRef");
  const resourceFieldRef = objectOf(from, "resourceFieldRef");
  const fileKeyRef = objectOf(from, "fileKeyRef");
  let sources = 0;
  if (fieldRef !== undefined) {
    sources += 1;
    validateObjectFieldSelector(errors, child(path, "fieldRef"), fieldRef, FIELDS);
  }
  if (resourceFieldRef !== undefined) {
    sources += 1;
    const refPath = child(path, "resourceFieldRef");
    validateContainerResourceFieldSelector(errors, refPath, resourceFieldRef, false);
  }
  for (const name of ["configMapKeyRef", "secretKeyRef"]) {
    const ref = objectOf(from, name);
    if (ref === undefined) continue;
    sources += 1;
    validateKeySelector(errors, child(path, name), ref);
  }
  if (fileKeyRef !== undefined) {
    sources += 1;
    validateFileKeySelector(errors, child(path, "fileKeyRef"), fileKeyRef);
  }
  if (sources === 0) {
    const kinds = gateEnabled(world, "EnvFiles")
      ? "`configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
      : "`configMapKeyRef` or `secretKeyRef`";
    invalid(
      errors,
      path,
      '""',
      `must specify one of: \`fieldRef\`, \`resourceFieldRef\`, ${kinds}`,
    );
  } else if (textOf(variable, "value") !== "") {
    invalid(errors, path, '""', "may not be specified when `value` is not empty");
  } else if (sources > 1) {
    invalid(errors, path, '""', "may not have more than one field specified at a time");
  }
}

/** Of a ConfigMap or Secret. */
function validateKeySelector(errors: FieldErrors, path: Path, ref: JsonObject): void {
  const name = textOf(ref, "name");
  const key = textOf(ref, "key");
  invalidText(errors, child(path, "name"), name, isDns1123Subdomain(name));
  if (key === "") required(errors, child(path, "key"));
  else {
    invalidText(errors, child(path, "key"), key, isConfigMapKey(key));
  }
}

function validateFileKeySelector(errors: FieldErrors, path: Path, ref: JsonObject): void {
  const key = textOf(ref, "key");
  const volumeName = textOf(ref, "volumeName");
  const file = textOf(ref, "path");
  if (key === "") required(errors, child(path, "key"));
  else {
    invalidText(errors, child(path, "key"), key, isRelaxedEnvVarName(key));
  }
  if (volumeName === "") required(errors, child(path, "volumeName"));
  else {
    invalidText(errors, child(path, "volumeName"), volumeName, isDns1123Label(volumeName));
  }
  if (file === "") required(errors, child(path, "path"));
  else validatePathNoBacksteps(errors, child(path, "path"), file);
}

export function validateEnvFrom(
  errors: FieldErrors,
  path: Path,
  from: readonly JsonObject[],
  options: PodOptions,
): void {
  from.forEach((source, index) => {
    const prefix = textOf(source, "prefix");
    if (prefix !== "") {
      validateEnvName(errors, child(indexed(path, index), "prefix"), prefix, options);
    }
    let sources = 0;
    for (const kind of ["configMapRef", "secretRef"]) {
      const ref = objectOf(source, kind);
      if (ref === undefined) continue;
      sources += 1;
      const namePath = child(child(indexed(path, index), kind), "name");
      const name = textOf(ref, "name");
      if (name === "") required(errors, namePath);
      // The server takes it for the beginning of a name, whose last hyphen may still be followed by more.
      else {
        const masked = name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
        invalidText(errors, namePath, name, isDns1123Subdomain(masked));
      }
    }
    // These two stand at the list, not at its item.
    if (sources === 0) {
      invalid(errors, path, '""', "must specify one of: `configMapRef` or `secretRef`");
    } else if (sources > 1) {
      invalid(errors, path, '""', "may not have more than one field specified at a time");
    }
  });
}
