// Judges a pod at a level and version, and joins the refusals of the checks into the sentences that the API server prints.
import type { KubeMinor } from "../model/version.ts";
import { goQuote } from "../rules/goText.ts";
import type { CheckId, Refusal } from "./check.ts";
import { type Level, type LevelVersion, printLevelVersion } from "./level.ts";
import type { PodView } from "./podView.ts";
import { policyAt } from "./policies.ts";

/** A check that does not allow the pod. */
export interface Failure extends Refusal {
  readonly check: CheckId;
}

const NONE: readonly Failure[] = [];

/**
 * The checks that refuse the pod, in upstream's order; none: it is allowed. `version` is a release, not `latest`:
 * who asks knows which one is the latest.
 * @see pod-security-admission v0.37.2 policy/registry.go EvaluatePod
 */
export function evaluatePod(pod: PodView, level: Level, version: KubeMinor): readonly Failure[] {
  let failures: Failure[] | undefined;
  for (const { id, checkPod } of policyAt(level, version)) {
    const refusal = checkPod(pod);
    if (refusal === undefined) continue;
    failures ??= [];
    failures.push({ check: id, ...refusal });
  }
  return failures ?? NONE;
}

/** Is the pod allowed? As evaluatePod, but it stops at the first refusal. */
export function isAllowed(pod: PodView, level: Level, version: KubeMinor): boolean {
  return policyAt(level, version).every(({ checkPod }) => checkPod(pod) === undefined);
}

/** `host namespaces, hostPort`. */
export function forbiddenReason(failures: readonly Failure[]): string {
  return failures.map(({ reason }) => reason).join(", ");
}

/**
 * `host namespaces (hostPID=true), hostPort (container "c" uses hostPort 80)`.
 * @see pod-security-admission v0.37.2 policy/checks.go ForbiddenDetail
 */
export function forbiddenDetail(failures: readonly Failure[]): string {
  return failures.map(printFailure).join(", ");
}

/** One check's part of the sentence. */
export function printFailure({ reason, detail }: Refusal): string {
  return detail === "" ? reason : `${reason} (${detail})`;
}

/** What an enforcing namespace says. */
export function violates(policy: LevelVersion, detail: string): string {
  return `violates PodSecurity ${goQuote(printLevelVersion(policy))}: ${detail}`;
}

/** What a warning or an audit annotation says. */
export function wouldViolate(policy: LevelVersion, detail: string): string {
  return `would violate PodSecurity ${goQuote(printLevelVersion(policy))}: ${detail}`;
}

/**
 * The message of the 403 answer.
 * @see apimachinery v0.37.2 pkg/api/errors/errors.go NewForbidden
 */
export function forbidden(name: string, reason: string): string {
  return name === ""
    ? `pods is forbidden: ${reason}`
    : `pods ${goQuote(name)} is forbidden: ${reason}`;
}
