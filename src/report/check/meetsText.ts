// The level that a pod meets, and the one that it should: `meets baseline, not restricted`.
import type { CheckedPod } from "../../core/answers/checked.ts";
import { LEVELS, type Level } from "../../core/podsecurity/level.ts";
import { saidBy } from "./whoText.ts";

/** Of what the API server does not even create, that comes first. */
export function meetsText(pod: CheckedPod): string {
  const text = levelText(pod);
  return isRefusedFirst(pod) ? `refused by the API server, else ${text}` : text;
}

/** By the API server of `kubernetes`, before Pod Security looks at it. */
function isRefusedFirst({ findings, kubernetes }: CheckedPod): boolean {
  return findings.some(
    ({ stage, severity, suppressed, versions }) =>
      stage === "apiserver" &&
      severity === "refusal" &&
      suppressed === undefined &&
      versions?.includes(kubernetes) !== false,
  );
}

function levelText(pod: CheckedPod): string {
  const { level, met, highest } = pod.podSecurity;
  const others = otherPolicies(pod);
  if (others.length > 0) {
    const missed = [...(met ? [] : [level]), ...others];
    return `meets ${highest}:${pod.kubernetes}, not ${missed.join(" or ")}`;
  }
  if (met) return `meets ${highest}`;
  return `meets ${highest === "privileged" ? "only privileged" : highest}, not ${level}`;
}

/** Is the level met that was asked for, and refuses neither another release of the policy the pod nor the API server? */
export function isMet(pod: CheckedPod): boolean {
  return pod.podSecurity.met && otherPolicies(pod).length === 0 && !isRefusedFirst(pod);
}

/** Policies that refuse the pod though it meets their level at `kubernetes`: older ones, or what a namespace pins. */
function otherPolicies({ podSecurity, findings, kubernetes }: CheckedPod): string[] {
  const policies = new Set<string>();
  for (const finding of findings) {
    const { stage, severity, suppressed } = finding;
    if (stage !== "podsecurity" || severity !== "refusal" || suppressed !== undefined) continue;
    const { policy } = saidBy(finding);
    const newest = finding.versions?.at(-1) ?? kubernetes;
    if (policy !== undefined) policies.add(policy.replace(/:latest$/, `:${newest}`));
  }
  const { level, met, highest } = podSecurity;
  const isSaid = (of: Level | undefined) => !met && of === level;
  return [...policies].filter((policy) => {
    const of = LEVELS.find((known) => policy.startsWith(`${known}:`));
    return of !== undefined && LEVELS.indexOf(of) <= LEVELS.indexOf(highest) && !isSaid(of);
  });
}
