// The spec of a StatefulSet.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec
import { at, type Versioned } from "../../../model/version.ts";
import type {
  ClaimRetentionPolicy,
  IntOrString,
  RollingUpdate,
  StatefulSetSpec,
  UpdateStrategy,
} from "../../../model/workload.ts";
import type { World } from "../../../model/world.ts";
import { gateEnabled } from "../../../rules/featureGates.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import {
  type FieldErrors,
  invalid,
  invalidText,
  nonnegative,
  notSupported,
} from "../../fieldError.ts";
import { child, indexed, type Path } from "../../path.ts";
import { validateClaimSpec } from "../claimTemplate.ts";
import { selectorJson } from "../labels.ts";
import { objectOf } from "../members.ts";
import { isDns1123Label } from "../names.ts";
import { validatePodTemplateSpec, validateTemplateMetadata } from "../pod.ts";
import { validateSelectorIsThere } from "./deployment.ts";
import {
  intOrStringJson,
  isNotMoreThan100Percent,
  isZero,
  validatePositiveIntOrPercent,
} from "./intOrPercent.ts";
import { validateEndless } from "./restart.ts";
import { refuseLabels, selects, validateSelector } from "./selector.ts";
import { inStatefulSet } from "./statefulSetTemplate.ts";
import type { Workload } from "./workload.ts";

/** @see kubernetes v1.32.10 and v1.33.6 pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec */
const NAMES_A_SERVICE: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.33", value: true },
];
/** Before, only the template's labels and annotations. @see kubernetes v1.33.6 pkg/apis/apps/validation/validation.go ValidatePodTemplateSpecForStatefulSet */
const LOOKS_AT_PODS_AND_CLAIMS: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.34", value: true },
];
const RETENTION_POLICIES: readonly string[] = ["Retain", "Delete"];

export function validateStatefulSetSpec(
  errors: FieldErrors,
  path: Path,
  workload: Workload<StatefulSetSpec>,
): void {
  const { spec, template, options } = workload;
  const { world } = options;
  const { podManagementPolicy: management, ordinals, serviceName } = spec;
  if (management && management !== "OrderedReady" && management !== "Parallel") {
    const detail = "must be 'OrderedReady' or 'Parallel'";
    invalid(errors, child(path, "podManagementPolicy"), goJsonString(management), detail);
  }
  const { updateStrategy = {}, persistentVolumeClaimRetentionPolicy: retention } = spec;
  validateUpdateStrategy(errors, child(path, "updateStrategy"), updateStrategy, world);
  if (retention !== undefined && gateEnabled(world, "StatefulSetAutoDeletePVC")) {
    validateRetention(errors, child(path, "persistentVolumeClaimRetentionPolicy"), retention);
  }
  const looks = at(LOOKS_AT_PODS_AND_CLAIMS, world.kubernetes) === true;
  if (looks) validateClaims(errors, child(path, "volumeClaimTemplates"), spec);
  nonnegative(errors, child(path, "replicas"), spec.replicas);
  nonnegative(errors, child(path, "minReadySeconds"), spec.minReadySeconds);
  if (ordinals !== undefined && gateEnabled(world, "StatefulSetStartOrdinal")) {
    nonnegative(errors, child(child(path, "ordinals"), "start"), ordinals.start);
  }
  if (serviceName && at(NAMES_A_SERVICE, world.kubernetes) === true) {
    invalidText(errors, child(path, "serviceName"), serviceName, isDns1123Label(serviceName));
  }
  validateTemplate(errors, path, workload, looks);
  validateEndless(errors, child(path, "template"), template.spec, "StatefulSet");
}

function validateTemplate(
  errors: FieldErrors,
  path: Path,
  { spec, template, options }: Workload<StatefulSetSpec>,
  looksAtPods: boolean,
): void {
  const { selector } = spec;
  const selectorPath = child(path, "selector");
  const templatePath = child(path, "template");
  const canBeAsked = validateSelector(errors, selectorPath, selector);
  validateSelectorIsThere(errors, selectorPath, selector, "statefulset");
  if (!canBeAsked) {
    invalid(errors, selectorPath, selectorJson(selector ?? {}), "");
    return;
  }
  if (!selects(selector, template.metadata.labels)) {
    refuseLabels(errors, templatePath, template.metadata);
  }
  if (!looksAtPods) validateTemplateMetadata(errors, templatePath, template, options);
  else validatePodTemplateSpec(errors, templatePath, inStatefulSet(template, spec), options);
}

function validateUpdateStrategy(
  errors: FieldErrors,
  path: Path,
  { type, rollingUpdate }: UpdateStrategy,
  world: World,
): void {
  const counts = gateEnabled(world, "MaxUnavailableStatefulSet");
  const { maxUnavailable, ...withoutMost } = rollingUpdate ?? {};
  const rolling = counts ? rollingUpdate : rollingUpdate && withoutMost;
  if (!type || type === "RollingUpdate") {
    if (rolling !== undefined) validateRollingUpdate(errors, child(path, "rollingUpdate"), rolling);
    return;
  }
  const recreates = gateEnabled(world, "StatefulSetRecreateStrategy");
  if (type === "OnDelete" || (type === "Recreate" && recreates)) {
    if (rolling === undefined) return;
    const detail = "only allowed for updateStrategy 'RollingUpdate'";
    invalid(errors, child(path, "rollingUpdate"), rollingUpdateJson(rolling), detail);
    return;
  }
  const inner = rolling === undefined ? "null" : rollingUpdateJson(rolling);
  const detail = recreates
    ? "must be 'RollingUpdate', 'OnDelete', or 'Recreate'"
    : "must be 'RollingUpdate' or 'OnDelete'";
  invalid(errors, path, `{"Type":${goJsonString(type)},"RollingUpdate":${inner}}`, detail);
}

function validateRollingUpdate(
  errors: FieldErrors,
  path: Path,
  { partition, maxUnavailable }: RollingUpdate,
): void {
  nonnegative(errors, child(path, "partition"), partition);
  if (maxUnavailable === undefined) return;
  validateMaxUnavailable(errors, child(path, "maxUnavailable"), maxUnavailable);
}

function validateMaxUnavailable(errors: FieldErrors, path: Path, value: IntOrString): void {
  validatePositiveIntOrPercent(errors, path, value);
  if (isZero(value)) invalid(errors, path, intOrStringJson(value), "cannot be 0");
  isNotMoreThan100Percent(errors, path, value);
}

function rollingUpdateJson({ partition = 0, maxUnavailable }: RollingUpdate): string {
  const most = maxUnavailable === undefined ? "null" : intOrStringJson(maxUnavailable);
  return `{"Partition":${partition},"MaxUnavailable":${most}}`;
}

function validateRetention(errors: FieldErrors, path: Path, policy: ClaimRetentionPolicy): void {
  for (const field of ["whenDeleted", "whenScaled"] as const) {
    const value = policy[field];
    if (!value || RETENTION_POLICIES.includes(value)) continue;
    notSupported(errors, child(path, field), goJsonString(value), RETENTION_POLICIES);
  }
}

function validateClaims(
  errors: FieldErrors,
  path: Path,
  { volumeClaimTemplates = [] }: StatefulSetSpec,
): void {
  volumeClaimTemplates.forEach((claim, index) => {
    validateClaimSpec(errors, child(indexed(path, index), "spec"), objectOf(claim, "spec") ?? {});
  });
}
