// Judges a pod at a level and version, and joins the refusals of the checks into the sentences that the API server prints.
import type { KubeMinor } from "../model/version.ts";
import { goQuote } from "../rules/goText.ts";
import type { CheckId, Refusal } from "./check.ts";
import { type Level, type LevelVersion, printLevelVersion } from "./level.ts";
import type { PodView } from "./podView.ts";
import { policyAt, type RunningCheck } from "./policies.ts";

/** A check that does not allow the pod. */
export interface Failure extends Refusal {
  readonly check: CheckId;
}

const NONE: readonly Failure[] = [];

/** What each behaviour of each check said of one pod; null: allowed. Levels and versions share most of them. */
export type Judgements = (Failure | null | undefined)[];

/**
 * The checks that refuse the pod, in upstream's order; none: it is allowed. `version` is a release, not `latest`:
 * who asks knows which one is the latest. `known` saves work when one pod is judged several times.
 * @see pod-security-admission v0.37.2 policy/registry.go EvaluatePod
 */
export function evaluatePod(
  pod: PodView,
  level: Level,
  version: KubeMinor,
  known: Judgements = [],
): readonly Failure[] {
  let failures: Failure[] | undefined;
  for (const check of policyAt(level, version)) {
    const failure = judge(pod, check, known);
    if (failure === null) continue;
    failures ??= [];
    failures.push(failure);
  }
  return failures ?? NONE;
}

/** Is the pod allowed? As evaluatePod, but it stops at the first refusal. */
export function isAllowed(
  pod: PodView,
  level: Level,
  version: KubeMinor,
  known: Judgements = [],
): boolean {
  return policyAt(level, version).every((check) => judge(pod, check, known) === null);
}

function judge(
  pod: PodView,
  { id, checkPod, index }: RunningCheck,
  known: Judgements,
): Failure | null {
  const before = known[index];
  if (before !== undefined) return before;
  const refusal = checkPod(pod);
  let failure: Failure | null = null;
  if (refusal !== undefined) {
    const { reason, detail, offences } = refusal;
    failure = { check: id, reason, detail, offences };
  }
  known[index] = failure;
  return failure;
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

/** How an enforcing namespace begins its sentence: `violates PodSecurity "restricted:v1.37": `. */
export function violates(policy: LevelVersion): string {
  return `violates PodSecurity ${goQuote(printLevelVersion(policy))}: `;
}

/** How a warning or an audit annotation begins. */
export function wouldViolate(policy: LevelVersion): string {
  return `would violate PodSecurity ${goQuote(printLevelVersion(policy))}: `;
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
