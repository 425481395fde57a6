// The shape of a Pod Security check: what it looks at and lets pass as data, what it says by version, what would satisfy it.
import type { FieldPath } from "../model/finding.ts";
import type { Versioned } from "../model/version.ts";
import type { ContainerView, PodView } from "./podView.ts";

export type CheckId =
  | "allowPrivilegeEscalation"
  | "appArmorProfile"
  | "capabilities_baseline"
  | "capabilities_restricted"
  | "hostNamespaces"
  | "hostPathVolumes"
  | "hostPorts"
  | "hostProbesAndHostLifecycle"
  | "privileged"
  | "procMount"
  | "procMount_restricted"
  | "restrictedVolumes"
  | "runAsNonRoot"
  | "runAsUser"
  | "seLinuxOptions"
  | "seccompProfile_baseline"
  | "seccompProfile_restricted"
  | "sysctls"
  | "windowsHostProcess";

/** undefined: the field may be absent; a text that ends in `*` stands for every text that begins so. */
export type AllowedValue = string | number | boolean | undefined;

/** Fields with what they may hold; just one of the three rules. */
export interface Restriction {
  /** As Kubernetes spells paths, `[*]` for every item: `spec.containers[*].securityContext.privileged`. */
  readonly fields: readonly string[];
  /** Nothing but these values. */
  readonly allowed?: Versioned<readonly AllowedValue[]>;
  /** Anything but these values. */
  readonly forbidden?: Versioned<readonly AllowedValue[]>;
  /** A list that has this among its items. */
  readonly mustInclude?: Versioned<string>;
  /** Absent is allowed at container level only where the pod has the field, and at pod level only where every container has it. */
  readonly required?: true;
}

/** A pod with this value is not looked at. */
export interface Exemption {
  readonly field: "spec.os.name" | "spec.hostUsers";
  readonly value: string | boolean;
}

/** One edit: `to` replaces `from` at `path`, relative to the pod; undefined is absent. */
export interface Change {
  readonly path: FieldPath;
  readonly from: unknown;
  readonly to: unknown;
}

/** One field that the check objects to (or misses), and the edits that satisfy it. */
export interface Offence {
  /** Relative to the pod; of a missing field, where it would stand. */
  readonly path: FieldPath;
  /** The container's name; absent for the pod itself. */
  readonly container?: string;
  readonly changes: readonly Change[];
}

/** Upstream's CheckResult of a pod that is not allowed. */
export interface Refusal {
  /** Short, always shown: `host namespaces`. */
  readonly reason: string;
  /** What exactly: `hostPID=true`. */
  readonly detail: string;
  readonly offences: readonly Offence[];
}

/** undefined: the check allows the pod. */
export type CheckPod = (pod: PodView) => Refusal | undefined;

/** @see pod-security-admission v0.37.2 policy/checks.go Check */
export interface Check {
  readonly id: CheckId;
  readonly level: "baseline" | "restricted";
  readonly restricts: readonly Restriction[];
  readonly exempt?: Versioned<Exemption>;
  readonly versions: Versioned<CheckPod>;
  /** Checks of level baseline that are skipped where this one runs. */
  readonly overrides?: readonly CheckId[];
}

const CONTAINERS = ["spec.initContainers[*]", "spec.containers[*]", "spec.ephemeralContainers[*]"];

/** The field in every kind of container. */
export function inContainers(...fields: readonly string[]): readonly string[] {
  return CONTAINERS.flatMap((container) => fields.map((field) => `${container}.${field}`));
}

/** The field of securityContext at pod level and in every kind of container. */
export function inSecurityContexts(...fields: readonly string[]): readonly string[] {
  const full = fields.map((field) => `securityContext.${field}`);
  return [...full.map((field) => `spec.${field}`), ...inContainers(...full)];
}

/** The offence whose own field is the one to change. */
export function offence(
  path: FieldPath,
  change: { readonly from: unknown; readonly to: unknown },
  container?: ContainerView,
): Offence {
  return offenceWith(path, [{ path, from: change.from, to: change.to }], container);
}

/** The offence that other fields mend. */
export function offenceWith(
  path: FieldPath,
  changes: readonly Change[],
  container?: ContainerView,
): Offence {
  return container === undefined ? { path, changes } : { path, container: container.name, changes };
}
