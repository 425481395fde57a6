// What a namespace says to a pod or to the template of one: the refusal, the warnings, the annotations of the audit log.
import type { Finding } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import { type KubeMinor, olderOf } from "../model/version.ts";
import type { NamespaceFacts, World } from "../model/world.ts";
import {
  evaluatePod,
  type Failure,
  forbidden,
  forbiddenDetail,
  type Judgements,
  violates,
  wouldViolate,
} from "./evaluate.ts";
import { exemptNamespace, exemptRuntimeClass, exemptUser } from "./exemptions.ts";
import { findingsOf } from "./findings.ts";
import { type LevelVersion, printLevelVersion } from "./level.ts";
import { type PodView, textOf, viewPod } from "./podView.ts";
import {
  defaultPolicy,
  type EvaluatedPolicy,
  isFullyPrivileged,
  LABEL_PREFIX,
  policyToEvaluate,
} from "./policy.ts";
import { aggregate } from "./status.ts";

export interface PodRequest {
  /** As the API server stores it; of a template, its metadata and spec. */
  readonly pod: Pod;
  /** `Pod` is enforced; every other kind is only warned about and audited. */
  readonly kind: string;
  readonly user?: string;
  /** Instead of the pod's own. */
  readonly runtimeClass?: string;
  /** Instead of the world's. */
  readonly namespace?: NamespaceFacts;
}
export interface PodVerdict {
  /** The whole text of the 403 answer. */
  readonly refusal?: string;
  readonly warnings: readonly string[];
  /** Keys with their prefix: `pod-security.kubernetes.io/enforce-policy`. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
  /** With paths from the pod: refusals where it is enforced, warnings, and notes of what is only audited. */
  readonly findings: readonly Finding[];
}

const NOTHING: PodVerdict = { warnings: [], auditAnnotations: {}, findings: [] };

/**
 * Judges a pod (or template) by the labels of its namespace, the defaults and the exemptions of the world.
 * @see pod-security-admission v0.37.2 admission/admission.go ValidatePod, ValidatePodController
 */
export function admitPod(request: PodRequest, world: World): PodVerdict {
  const { exemptions, defaults } = world.podSecurity;
  const namespace = request.namespace ?? world.namespace;
  if (exemptNamespace(exemptions, namespace.name)) return exempted("namespace");
  if (exemptUser(exemptions, request.user ?? "")) return exempted("user");
  const evaluated = policyToEvaluate(namespace.labels, defaultPolicy(defaults));
  const isEnforced = request.kind === "Pod";
  if (evaluated.errors.length === 0) {
    const { policy } = evaluated;
    if (isEnforced && isFullyPrivileged(policy)) return PRIVILEGED;
    const { warn, audit } = policy;
    if (!isEnforced && warn.level === "privileged" && audit.level === "privileged") return NOTHING;
  }
  const view = viewPod(request.pod);
  const runtimeClass = request.runtimeClass ?? textOf(view.spec.runtimeClassName);
  if (exemptRuntimeClass(exemptions, runtimeClass)) return exempted("runtimeClass");
  return evaluate(view, evaluated, isEnforced, world);
}

function exempted(reason: string): PodVerdict {
  return annotated("exempt", reason);
}

const PRIVILEGED: PodVerdict = annotated("enforce-policy", "privileged:latest");

function annotated(key: string, value: string): PodVerdict {
  return { ...NOTHING, auditAnnotations: { [LABEL_PREFIX + key]: value } };
}

/** @see pod-security-admission v0.37.2 admission/admission.go EvaluatePod */
function evaluate(
  pod: PodView,
  { policy, errors }: EvaluatedPolicy,
  isEnforced: boolean,
  world: World,
): PodVerdict {
  const { enforce, audit, warn } = policy;
  const known: Judgements = [];
  const failuresOf = ({ level, version }: LevelVersion) =>
    evaluatePod(pod, level, releaseOf(version, world), known);
  const annotations: Record<string, string> = {};
  if (errors.length > 0) {
    annotations[`${LABEL_PREFIX}error`] = `Failed to parse policy: ${aggregate(errors)}`;
  }
  const enforced = isEnforced ? failuresOf(enforce) : [];
  if (isEnforced) annotations[`${LABEL_PREFIX}enforce-policy`] = printLevelVersion(enforce);
  const audited = failuresOf(audit);
  if (audited.length > 0) {
    const text = wouldViolate(audit) + forbiddenDetail(audited);
    annotations[`${LABEL_PREFIX}audit-violations`] = text;
  }
  const isRefused = enforced.length > 0;
  const warned = isRefused ? [] : failuresOf(warn);
  const onlyAudited = without(audited, [...enforced, ...warned]);
  const findings = [
    ...findingsOf(enforced, world, { severity: "refusal", prefix: violates(enforce) }),
    ...findingsOf(warned, world, { severity: "warning", prefix: wouldViolate(warn) }),
    ...findingsOf(onlyAudited, world, { severity: "note", prefix: wouldViolate(audit) }),
  ];
  const warnings = warned.length > 0 ? [wouldViolate(warn) + forbiddenDetail(warned)] : [];
  const verdict = { warnings, auditAnnotations: annotations, findings };
  if (!isRefused) return verdict;
  return {
    ...verdict,
    refusal: forbidden(pod.name, violates(enforce) + forbiddenDetail(enforced)),
  };
}

/** A server knows no policy newer than itself: it judges such a one, and `latest`, as its own. */
export function releaseOf(version: LevelVersion["version"], world: World): KubeMinor {
  return version === "latest" ? world.kubernetes : olderOf(version, world.kubernetes);
}

/** What only the audit log hears of. */
function without(failures: readonly Failure[], others: readonly Failure[]): Failure[] {
  return failures.filter(
    ({ check, detail }) =>
      !others.some((other) => other.check === check && other.detail === detail),
  );
}
