// What many pods' answers add up to, so that the last lines can be told of pods that are not kept.
import type { CheckedPod, CheckFinding, Suppression } from "../../core/answers/checked.ts";
import { acceptedGroups, openGroups } from "./blocks.ts";
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
  /** What is accepted, counted as what is found, by where that is written; in the order in which they come. */
  readonly suppressed: Readonly<Partial<Record<Suppression["by"], number>>>;
  /** Of what is accepted, every place that has a name of its own: so many entries a baseline has for it. */
  readonly suppressedPlaces: number;
}

export const NOTHING: CheckTally = {
  pods: 0,
  clean: 0,
  found: { refusal: 0, unmet: 0, warning: 0, note: 0 },
  levels: { restricted: 0, baseline: 0, privileged: 0 },
  asked: { restricted: 0, baseline: 0, privileged: 0 },
  podSecurity: 0,
  suppressed: {},
  suppressedPlaces: 0,
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
  let suppressedPlaces = 0;
  for (const pod of pods) {
    levels[pod.podSecurity.highest] += 1;
    asked[pod.podSecurity.level] += 1;
    suppressedPlaces += placesOf(pod.findings.filter((one) => one.suppressed !== undefined));
    for (const group of acceptedGroups(pod)) {
      // Of several places each may be accepted by another.
      for (const by of new Set(group.flatMap((one) => one.suppressed?.by ?? []))) {
        suppressed[by] = (suppressed[by] ?? 0) + 1;
      }
    }
    const said = saidOf(pod);
    for (const finding of said) {
      found[kindOf(finding)] += 1;
      if (finding.stage === "podsecurity") podSecurity += 1;
    }
    if (said.length === 0) clean += 1;
  }
  return {
    ...{ pods: pods.length, clean, found, levels, asked, podSecurity },
    ...{ suppressed, suppressedPlaces },
  };
}

function placesOf(findings: readonly CheckFinding[]): number {
  return new Set(findings.map(({ fingerprint }) => fingerprint)).size;
}

export function addTally(one: CheckTally, other: CheckTally): CheckTally {
  if (one === NOTHING) return other;
  return {
    pods: one.pods + other.pods,
    clean: one.clean + other.clean,
    found: sum(one.found, other.found),
    levels: sum(one.levels, other.levels),
    asked: sum(one.asked, other.asked),
    podSecurity: one.podSecurity + other.podSecurity,
    suppressed: sum(one.suppressed, other.suppressed),
    suppressedPlaces: one.suppressedPlaces + other.suppressedPlaces,
  };
}

function sum<Numbers extends Readonly<Record<string, number>>>(
  one: Numbers,
  other: Numbers,
): Numbers {
  const all: Record<string, number> = { ...one };
  for (const name of Object.keys(other)) all[name] = (all[name] ?? 0) + (other[name] ?? 0);
  return all as Numbers;
}
