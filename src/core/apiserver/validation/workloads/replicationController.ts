// The spec of a ReplicationController.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateReplicationControllerSpec
import type { ReplicationControllerSpec } from "../../../model/workload.ts";
import { gateEnabled } from "../../../rules/featureGates.ts";
import { type FieldErrors, nonnegative, required } from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { validateNamePrefix, validateObjectName } from "../objectMeta.ts";
import { validatePodTemplateSpec } from "../pod.ts";
import { validateReadOnlyPersistentDisks } from "./persistentDisks.ts";
import { validateEndless } from "./restart.ts";
import { hasAll, refuseLabels } from "./selector.ts";
import type { Workload } from "./workload.ts";

export function validateReplicationControllerSpec(
  errors: FieldErrors,
  path: Path,
  workload: Workload<ReplicationControllerSpec>,
): void {
  const { replicas, minReadySeconds } = workload.spec;
  // What is declared is judged behind the rest.
  const isDeclared = gateEnabled(workload.options.world, "DeclarativeValidationBeta");
  if (!isDeclared) nonnegative(errors, child(path, "minReadySeconds"), minReadySeconds);
  validateSelector(errors, path, workload);
  if (!isDeclared) nonnegative(errors, child(path, "replicas"), replicas);
  validateTemplate(errors, path, workload);
  if (isDeclared) validateDeclared(errors, path, workload);
  if (errors.length === 0) validateNamePrefix(errors, workload.metadata);
}

function validateDeclared(
  errors: FieldErrors,
  path: Path,
  { metadata, spec: { replicas, minReadySeconds }, options }: Workload<ReplicationControllerSpec>,
): void {
  validateObjectName(errors, "ReplicationController", metadata, options.world);
  nonnegative(errors, child(path, "replicas"), replicas);
  nonnegative(errors, child(path, "minReadySeconds"), minReadySeconds);
}

function validateSelector(
  errors: FieldErrors,
  path: Path,
  { spec, template }: Workload<ReplicationControllerSpec>,
): void {
  if (isEmpty(spec.selector) && isEmpty(template.metadata.labels)) {
    required(errors, child(path, "selector"));
  }
}

function validateTemplate(
  errors: FieldErrors,
  path: Path,
  { spec, template, options }: Workload<ReplicationControllerSpec>,
): void {
  const templatePath = child(path, "template");
  if (spec.template === undefined) {
    required(errors, templatePath);
    return;
  }
  const { selector = {}, replicas = 1 } = spec;
  if (!hasAll(template.metadata.labels ?? {}, selector)) {
    refuseLabels(errors, templatePath, template.metadata);
  }
  validatePodTemplateSpec(errors, templatePath, template, options);
  if (replicas > 1) validateReadOnlyPersistentDisks(errors, templatePath, template, options);
  validateEndless(errors, templatePath, template.spec, "ReplicationController");
}

function isEmpty(labels: Readonly<Record<string, string>> = {}): boolean {
  for (const _key in labels) return false;
  return true;
}
