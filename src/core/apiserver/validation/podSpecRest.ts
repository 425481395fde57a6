// What a pod's spec has beside its containers, volumes and security: scheduling, names, addresses, deadlines.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodSpec

import type { JsonObject } from "../../model/json.ts";
import type { PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { isLabelKey } from "../../rules/names.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  notSupported,
  required,
} from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateAffinity } from "./affinity.ts";
import { validateLabels } from "./labels.ts";
import { intOf, objectOf, objectsOf, textOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";
import { validateDnsPolicy, validateHostAliases, validatePodDnsConfig } from "./podNetwork.ts";
import { validateOverhead } from "./resources.ts";
import { validateTolerations } from "./tolerations.ts";
import { validateTopologySpreadConstraints } from "./topologySpread.ts";

const PREEMPTION_POLICIES: readonly string[] = ["PreemptLowerPriority", "Never"];
const INT32_MAX = 2147483647;

/** Between restartPolicy and securityContext. */
export function validateDnsPolicyAndNodeSelector(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
): void {
  const policy = textOf(spec as unknown as JsonObject, "dnsPolicy") || "ClusterFirst";
  validateDnsPolicy(errors, child(path, "dnsPolicy"), policy);
  if (spec.nodeSelector !== undefined) {
    validateLabels(errors, child(path, "nodeSelector"), spec.nodeSelector);
  }
}

/** Between shareProcessNamespace and the rules of HostProcess containers. */
export function validateScheduling(
  errors: FieldErrors,
  path: Path,
  podSpec: PodSpec,
  options: PodOptions,
): void {
  const spec = podSpec as unknown as JsonObject;
  const affinity = objectOf(spec, "affinity");
  if (affinity !== undefined) validateAffinity(errors, child(path, "affinity"), affinity);
  const policy = textOf(spec, "dnsPolicy");
  const dnsConfig = objectOf(spec, "dnsConfig");
  validatePodDnsConfig(errors, child(path, "dnsConfig"), dnsConfig, { policy, options });
  objectsOf(spec, "readinessGates").forEach((gate, index) => {
    const at = child(indexed(child(path, "readinessGates"), index), "conditionType");
    validateQualifiedName(errors, at, textOf(gate, "conditionType"));
  });
  const seen = new Set<string>();
  objectsOf(spec, "schedulingGates").forEach((gate, index) => {
    const at = indexed(child(path, "schedulingGates"), index);
    const name = textOf(gate, "name");
    validateQualifiedName(errors, at, name);
    if (seen.has(name)) duplicate(errors, at, name);
    seen.add(name);
  });
  const constraints = objectsOf(spec, "topologySpreadConstraints");
  const constraintsPath = child(path, "topologySpreadConstraints");
  if (constraints.length > 0)
    validateTopologySpreadConstraints(errors, constraintsPath, constraints);
}

function validateQualifiedName(errors: FieldErrors, path: Path, name: string): void {
  invalidText(errors, path, name, isLabelKey(name));
}

/** Between hostnameOverride and os. */
export function validateNames(
  errors: FieldErrors,
  path: Path,
  podSpec: PodSpec,
  options: PodOptions,
): void {
  const spec = podSpec as unknown as JsonObject;
  validateServiceAccount(errors, path, spec);
  validateName(errors, child(path, "nodeName"), textOf(spec, "nodeName"), isDns1123Subdomain);
  const deadline = intOf(spec, "activeDeadlineSeconds");
  if (deadline !== undefined && (deadline < 1 || deadline > INT32_MAX)) {
    const detail = `must be between 1 and ${INT32_MAX}, inclusive`;
    invalid(errors, child(path, "activeDeadlineSeconds"), String(deadline), detail);
  }
  validateName(errors, child(path, "hostname"), textOf(spec, "hostname"), isDns1123Label);
  validateName(errors, child(path, "subdomain"), textOf(spec, "subdomain"), isDns1123Label);
  const tolerations = objectsOf(spec, "tolerations");
  if (tolerations.length > 0) {
    validateTolerations(errors, child(path, "tolerations"), tolerations, options);
  }
  const aliases = objectsOf(spec, "hostAliases");
  if (aliases.length > 0) {
    validateHostAliases(errors, child(path, "hostAliases"), aliases, options);
  }
  const priorityClass = textOf(spec, "priorityClassName");
  validateName(errors, child(path, "priorityClassName"), priorityClass, isDns1123Subdomain);
  const { runtimeClassName } = podSpec;
  if (runtimeClassName !== undefined) {
    invalidText(
      errors,
      child(path, "runtimeClassName"),
      runtimeClassName,
      isDns1123Subdomain(runtimeClassName),
    );
  }
  const { preemptionPolicy: preemption } = spec;
  if (preemption === "") required(errors, child(path, "preemptionPolicy"));
  else if (typeof preemption === "string" && !PREEMPTION_POLICIES.includes(preemption)) {
    const at = child(path, "preemptionPolicy");
    notSupported(errors, at, goJsonString(preemption), PREEMPTION_POLICIES);
  }
  const overhead = objectOf(spec, "overhead");
  if (overhead !== undefined) validateOverhead(errors, child(path, "overhead"), overhead);
}

/** The deprecated spelling follows the other one where that is not set. */
function validateServiceAccount(errors: FieldErrors, path: Path, spec: JsonObject): void {
  const deprecated = textOf(spec, "serviceAccount");
  const name = textOf(spec, "serviceAccountName") || deprecated;
  validateName(errors, child(path, "serviceAccountName"), name, isDns1123Subdomain);
}

function validateName(
  errors: FieldErrors,
  path: Path,
  name: string,
  problemsOf: (name: string) => readonly string[],
): void {
  if (name === "") return;
  invalidText(errors, path, name, problemsOf(name));
}

/** Behind os. @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateSchedulingGroup, validateFileKeyRefVolumes */
export function validateSchedulingGroup(errors: FieldErrors, path: Path, podSpec: PodSpec): void {
  const spec = podSpec as unknown as JsonObject;
  const group = objectOf(spec, "schedulingGroup");
  if (group === undefined) return;
  const namePath = child(child(path, "schedulingGroup"), "podGroupName");
  const { podGroupName: name } = group;
  if (typeof name !== "string") {
    invalid(errors, namePath, "null", "must specify one of: `podGroupName`");
  } else {
    invalidText(errors, namePath, name, isDns1123Subdomain(name));
  }
  if (objectsOf(spec, "evictionResponders").length === 0) return;
  const detail = "may not be set when evictionResponders is set";
  forbidden(errors, child(path, "schedulingGroup"), detail);
}
