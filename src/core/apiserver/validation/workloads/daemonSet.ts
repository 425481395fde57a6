// The spec of a DaemonSet.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidateDaemonSetSpec
import type { DaemonSetSpec, IntOrString, UpdateStrategy } from "../../../model/workload.ts";
import {
  type FieldErrors,
  invalid,
  nonnegative,
  notSupported,
  required,
} from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { selectorJson } from "../labels.ts";
import { validatePodTemplateSpec } from "../pod.ts";
import { strategyJson } from "./deployment.ts";
import {
  intOrStringJson,
  isNotMoreThan100Percent,
  isZero,
  validatePositiveIntOrPercent,
} from "./intOrPercent.ts";
import { validateReadOnlyPersistentDisks } from "./persistentDisks.ts";
import { validateEndless } from "./restart.ts";
import { isEmptySelector, refuseLabels, selects, validateSelector } from "./selector.ts";
import type { Workload } from "./workload.ts";

export function validateDaemonSetSpec(
  errors: FieldErrors,
  path: Path,
  { spec, template, options }: Workload<DaemonSetSpec>,
): void {
  const { selector, updateStrategy = {}, minReadySeconds, revisionHistoryLimit } = spec;
  const selectorPath = child(path, "selector");
  const templatePath = child(path, "template");
  const canBeAsked = validateSelector(errors, selectorPath, selector);
  if (canBeAsked && !selects(selector, template.metadata.labels)) {
    refuseLabels(errors, templatePath, template.metadata);
  }
  if (selector !== undefined && isEmptySelector(selector)) {
    const detail = "empty selector is invalid for daemonset";
    invalid(errors, selectorPath, selectorJson(selector), detail);
  }
  validatePodTemplateSpec(errors, templatePath, template, options);
  validateReadOnlyPersistentDisks(errors, templatePath, template, options);
  validateEndless(errors, templatePath, template.spec, "DaemonSet");
  nonnegative(errors, child(path, "minReadySeconds"), minReadySeconds);
  validateUpdateStrategy(errors, child(path, "updateStrategy"), updateStrategy);
  nonnegative(errors, child(path, "revisionHistoryLimit"), revisionHistoryLimit);
}

function validateUpdateStrategy(errors: FieldErrors, path: Path, strategy: UpdateStrategy): void {
  const { type, rollingUpdate } = strategy;
  if (!type || type === "RollingUpdate") {
    const { maxUnavailable = 1, maxSurge = 0 } = rollingUpdate ?? {};
    validateRollingUpdate(errors, child(path, "rollingUpdate"), maxUnavailable, maxSurge);
  } else if (type !== "OnDelete") {
    notSupported(errors, path, strategyJson(strategy), ["RollingUpdate", "OnDelete"]);
  }
}

function validateRollingUpdate(
  errors: FieldErrors,
  path: Path,
  maxUnavailable: IntOrString,
  maxSurge: IntOrString,
): void {
  const unavailablePath = child(path, "maxUnavailable");
  const surgePath = child(path, "maxSurge");
  validatePositiveIntOrPercent(errors, unavailablePath, maxUnavailable);
  validatePositiveIntOrPercent(errors, surgePath, maxSurge);
  isNotMoreThan100Percent(errors, unavailablePath, maxUnavailable);
  isNotMoreThan100Percent(errors, surgePath, maxSurge);
  if (isZero(maxUnavailable)) {
    if (isZero(maxSurge)) required(errors, unavailablePath, "cannot be 0 when maxSurge is 0");
  } else if (!isZero(maxSurge)) {
    const detail = "may not be set when maxUnavailable is non-zero";
    invalid(errors, surgePath, intOrStringJson(maxSurge), detail);
  }
}
