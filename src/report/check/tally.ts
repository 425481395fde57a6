// What many pods' answers add up to, so that the last lines can be told of pods that are not kept.
import type { CheckedPod, CheckFinding, Suppression } from "../../core/answers/checked.ts";
import { openGroups } from "./blocks.ts";
import { type Kind, kindOf } from "./kind.ts";

export interface CheckTally {
  readonly pods: number;
  /** Pods without a finding that counts. */
  readonly clean: number;
  /** What counts, by its kind: see saidOf. */
  readonly found: Readonly<Record<Kind, number>>;
  /** Pods by the highest level that they meet. */
  readonly levels: Readonly<Record<CheckedPod["podSecurity"]["highest"], number>>;
  /** Pods by the level that they are to reach. */
  readonly asked: Readonly<Record<CheckedPod["podSecurity"]["level"], number>>;
  /** Of Pod Security among it. */
  readonly podSecurity: number;
  /** Findings that are accepted, by where that is written; in the order in which they come. */
  readonly suppressed: Readonly<Partial<Record<Suppression["by"], number>>>;
}

export const NOTHING: CheckTally = {
  pods: 0,
  clean: 0,
  found: { refusal: 0, unmet: 0, warning: 0, note: 0 },
  levels: { restricted: 0, baseline: 0, privileged: 0 },
  asked: { restricted: 0, baseline: 0, privileged: 0 },
  podSecurity: 0,
  suppressed: {},
};

/** What counts, as a reader counts it: what is said of several places of a pod is said once. */
export function saidOf(pod: CheckedPod): readonly CheckFinding[] {
  return openGroups(pod).map(([first]) => first);
}

export function tallyOf(pods: readonly CheckedPod[]): CheckTally {
  let clean = 0;
  let podSecurity = 0;
  const found = { ...NOTHING.found };
  const levels = { ...NOTHING.levels };
  const asked = { ...NOTHING.asked };
  const suppressed: Partial<Record<Suppression["by"], number>> = {};
  for (const pod of pods) {
    levels[pod.podSecurity.highest] += 1;
    asked[pod.podSecurity.level] += 1;
    for (const { suppressed: accepted } of pod.findings) {
      if (accepted !== undefined) suppressed[accepted.by] = (suppressed[accepted.by] ?? 0) + 1;
    }
    const said = saidOf(pod);
    for (const finding of said) {
      found[kindOf(finding)] += 1;
      if (finding.stage === "podsecurity") podSecurity += 1;
    }
    if (said.length === 0) clean += 1;
  }
  return { pods: pods.length, clean, found, levels, asked, podSecurity, suppressed };
}

export function addTally(one: CheckTally, other: CheckTally): CheckTally {
  return {
    pods: one.pods + other.pods,
    clean: one.clean + other.clean,
    found: sum(one.found, other.found),
    levels: sum(one.levels, other.levels),
    asked: sum(one.asked, other.asked),
    podSecurity: one.podSecurity + other.podSecurity,
    suppressed: sum(one.suppressed, other.suppressed),
  };
}

function sum<Numbers extends Readonly<Record<string, number>>>(
  one: Numbers,
  other: Numbers,
): Numbers {
  const all: Record<string, number> = { ...one };
  for (const [name, number] of Object.entries(other)) all[name] = (all[name] ?? 0) + number;
  return all as Numbers;
}
