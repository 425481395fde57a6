// Whether a namespace may be created or changed as its Pod Security labels stand, and what its pods make of the change.
import type { Pod } from "../model/pod.ts";
import type { NamespaceFacts, World } from "../model/world.ts";
import { compareGoStrings, goQuote } from "../rules/goText.ts";
import { isDNS1123Label, isLabelKey, isLabelValue } from "../rules/names.ts";
import { exemptNamespace } from "./exemptions.ts";
import { evaluatePodsInNamespace } from "./existingPods.ts";
import { compareLevels, printLevelVersion } from "./level.ts";
import {
  defaultPolicy,
  has,
  isEquivalent,
  isFullyPrivileged,
  type Labels,
  MODES,
  type Policy,
  policyToEvaluate,
} from "./policy.ts";
import { type FieldError, newInvalid, type Status } from "./status.ts";

export interface NamespaceRequest {
  readonly namespace: NamespaceFacts;
  /** The namespace as it was; absent: it is being created. */
  readonly old?: NamespaceFacts;
  readonly existingPods: readonly Pod[];
}
export interface NamespaceVerdict {
  readonly status: Status | null;
  readonly warnings: readonly string[];
}

const ALLOWED: NamespaceVerdict = { status: null, warnings: [] };

/** Validation of the object comes before any admission. */
export function admitNamespace(request: NamespaceRequest, world: World): NamespaceVerdict {
  const { namespace, old } = request;
  const errors = validateMetadata(namespace, old === undefined);
  if (errors.length > 0) return invalid(namespace, errors);
  return old === undefined
    ? admitCreation(namespace, world)
    : admitChange(namespace, old, request.existingPods, world);
}

function invalid(namespace: NamespaceFacts, errors: readonly FieldError[]): NamespaceVerdict {
  return { status: newInvalid("Namespace", namespace.name, errors), warnings: [] };
}

/** @see pod-security-admission v0.37.2 admission/admission.go ValidateNamespace */
function admitCreation(namespace: NamespaceFacts, world: World): NamespaceVerdict {
  const defaults = defaultPolicy(world.podSecurity.defaults);
  const { policy, errors } = policyToEvaluate(namespace.labels, defaults);
  if (errors.length > 0) return invalid(namespace, errors);
  return exemptNamespace(world.podSecurity.exemptions, namespace.name)
    ? { status: null, warnings: exemptNamespaceWarning(namespace, policy, defaults) }
    : ALLOWED;
}

/** @see pod-security-admission v0.37.2 admission/admission.go ValidateNamespace */
function admitChange(
  namespace: NamespaceFacts,
  old: NamespaceFacts,
  existingPods: readonly Pod[],
  world: World,
): NamespaceVerdict {
  const defaults = defaultPolicy(world.podSecurity.defaults);
  const { policy, errors } = policyToEvaluate(namespace.labels, defaults);
  const before = policyToEvaluate(old.labels, defaults);
  if (errors.length > 0 && !areSame(errors, before.errors)) return invalid(namespace, errors);
  const { level, version } = policy.enforce;
  const was = before.policy.enforce;
  if (level === "privileged") return ALLOWED;
  if (version === was.version && compareLevels(level, was.level) <= 0) return ALLOWED;
  const warnings = exemptNamespace(world.podSecurity.exemptions, namespace.name)
    ? exemptNamespaceWarning(namespace, policy, defaults)
    : evaluatePodsInNamespace(namespace.name, existingPods, policy.enforce, world);
  return { status: null, warnings };
}

function areSame(a: readonly FieldError[], b: readonly FieldError[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ field, body }, index) => b[index]?.field === field && b[index]?.body === body)
  );
}

/** @see pod-security-admission v0.37.2 admission/admission.go exemptNamespaceWarning */
function exemptNamespaceWarning(
  { name, labels }: NamespaceFacts,
  policy: Policy,
  defaults: Policy,
): string[] {
  if (isFullyPrivileged(policy) || isEquivalent(policy, defaults)) return [];
  const told = MODES.filter(
    (mode) =>
      policy[mode].level !== "privileged" && (has(labels, mode) || has(labels, `${mode}-version`)),
  );
  const modes = told.map((mode) => `${mode}=${printLevelVersion(policy[mode])}`).join(", ");
  return [
    `namespace ${goQuote(name)} is exempt from Pod Security, and the policy (${modes}) will be ignored`,
  ];
}

/**
 * Name and labels; labels in the order of their keys, where the server has them in none.
 * @see apimachinery v0.37.2 pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor
 */
export function validateMetadata(
  { name, labels }: { readonly name: string; readonly labels: Labels },
  isNew: boolean,
): FieldError[] {
  return [...(isNew ? validateName(name) : []), ...validateLabels(labels)];
}

function validateName(name: string): FieldError[] {
  if (name === "") {
    const body = "Required value: name or generateName is required";
    return [{ field: "metadata.name", body, reason: "FieldValueRequired" }];
  }
  return isDNS1123Label(name).map((objection) => ({
    field: "metadata.name",
    body: `Invalid value: ${goQuote(name)}: ${objection}`,
  }));
}

/** @see apimachinery v0.37.2 pkg/apis/meta/v1/validation/validation.go ValidateLabels */
function validateLabels(labels: Labels): FieldError[] {
  const errors: FieldError[] = [];
  const object = (text: string) => (objection: string) =>
    errors.push({
      field: "metadata.labels",
      body: `Invalid value: ${goQuote(text)}: ${objection}`,
    });
  for (const key of Object.keys(labels).sort(compareGoStrings)) {
    const value = labels[key];
    isLabelKey(key).forEach(object(key));
    if (typeof value === "string") isLabelValue(value).forEach(object(value));
  }
  return errors;
}
