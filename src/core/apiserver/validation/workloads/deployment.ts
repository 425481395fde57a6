// The spec of a Deployment, and of a ReplicaSet, whose rules are a part of it.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidateDeploymentSpec, ValidateReplicaSetSpec
import type { JsonObject } from "../../../model/json.ts";
import type {
  DeploymentSpec,
  IntOrString,
  ReplicaSetSpec,
  UpdateStrategy,
} from "../../../model/workload.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  nonnegative,
  notSupported,
  required,
} from "../../fieldError.ts";
import { child, type Path } from "../../path.ts";
import { selectorJson } from "../labels.ts";
import { validatePodTemplateSpec } from "../pod.ts";
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

const PROGRESS_DEADLINE = 600;
const QUARTER = "25%";

export function validateDeploymentSpec(
  errors: FieldErrors,
  path: Path,
  workload: Workload<DeploymentSpec>,
): void {
  const { replicas, strategy = {}, minReadySeconds = 0, ...spec } = workload.spec;
  nonnegative(errors, child(path, "replicas"), replicas);
  validateSelectorAndTemplate(errors, path, workload);
  validateStrategy(errors, child(path, "strategy"), strategy);
  nonnegative(errors, child(path, "minReadySeconds"), minReadySeconds);
  nonnegative(errors, child(path, "revisionHistoryLimit"), spec.revisionHistoryLimit);
  const { progressDeadlineSeconds: deadline = PROGRESS_DEADLINE } = spec;
  const deadlinePath = child(path, "progressDeadlineSeconds");
  nonnegative(errors, deadlinePath, deadline);
  if (deadline > minReadySeconds) return;
  invalid(errors, deadlinePath, String(deadline), "must be greater than minReadySeconds");
}

export function validateReplicaSetSpec(
  errors: FieldErrors,
  path: Path,
  workload: Workload<ReplicaSetSpec>,
): void {
  const { replicas, minReadySeconds } = workload.spec;
  nonnegative(errors, child(path, "replicas"), replicas);
  nonnegative(errors, child(path, "minReadySeconds"), minReadySeconds);
  validateSelectorAndTemplate(errors, path, workload);
}

function validateSelectorAndTemplate(
  errors: FieldErrors,
  path: Path,
  { spec: { selector, replicas = 1 }, template, options }: Workload<ReplicaSetSpec>,
): void {
  const selectorPath = child(path, "selector");
  const canBeAsked = validateSelector(errors, selectorPath, selector);
  // A ReplicaSet is called so too.
  validateSelectorIsThere(errors, selectorPath, selector, "deployment");
  if (!canBeAsked) {
    invalid(errors, selectorPath, selectorJson(selector ?? {}), "invalid label selector");
    return;
  }
  const templatePath = child(path, "template");
  if (!selects(selector, template.metadata.labels)) {
    refuseLabels(errors, templatePath, template.metadata);
  }
  validatePodTemplateSpec(errors, templatePath, template, options);
  if (replicas > 1) validateReadOnlyPersistentDisks(errors, templatePath, template, options);
  validateEndless(errors, templatePath, template.spec, "ReplicaSet");
}

export function validateSelectorIsThere(
  errors: FieldErrors,
  path: Path,
  selector: JsonObject | undefined,
  called: string,
): void {
  if (selector === undefined) required(errors, path);
  else if (isEmptySelector(selector)) {
    invalid(errors, path, selectorJson(selector), `empty selector is invalid for ${called}`);
  }
}

/** @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidateDeploymentStrategy */
function validateStrategy(
  errors: FieldErrors,
  path: Path,
  { type, rollingUpdate }: UpdateStrategy,
): void {
  if (!type || type === "RollingUpdate") {
    const { maxUnavailable = QUARTER, maxSurge = QUARTER } = rollingUpdate ?? {};
    validateRollingUpdate(errors, child(path, "rollingUpdate"), maxUnavailable, maxSurge);
  } else if (type !== "Recreate") {
    const shown = strategyJson({ type, ...(rollingUpdate === undefined ? {} : { rollingUpdate }) });
    notSupported(errors, path, shown, ["Recreate", "RollingUpdate"]);
  } else if (rollingUpdate !== undefined) {
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    forbidden(errors, child(path, "rollingUpdate"), detail);
  }
}

function validateRollingUpdate(
  errors: FieldErrors,
  path: Path,
  maxUnavailable: IntOrString,
  maxSurge: IntOrString,
): void {
  const unavailablePath = child(path, "maxUnavailable");
  validatePositiveIntOrPercent(errors, unavailablePath, maxUnavailable);
  validatePositiveIntOrPercent(errors, child(path, "maxSurge"), maxSurge);
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    const shown = intOrStringJson(maxUnavailable);
    invalid(errors, unavailablePath, shown, "may not be 0 when `maxSurge` is 0");
  }
  isNotMoreThan100Percent(errors, unavailablePath, maxUnavailable);
}

/** Go's JSON of the strategy of a Deployment or DaemonSet inside the server. */
export function strategyJson({ type = "", rollingUpdate }: UpdateStrategy): string {
  if (rollingUpdate === undefined) return `{"Type":${goJsonString(type)},"RollingUpdate":null}`;
  const unavailable = intOrStringJson(rollingUpdate.maxUnavailable ?? 0);
  const surge = intOrStringJson(rollingUpdate.maxSurge ?? 0);
  return `{"Type":${goJsonString(type)},"RollingUpdate":{"MaxUnavailable":${unavailable},"MaxSurge":${surge}}}`;
}
