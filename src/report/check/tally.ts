// What many pods' answers add up to, so that the last lines can be told of pods that are not kept.
import type { CheckedPod, CheckFinding, Suppression } from "../../core/answers/checked.ts";
import { grouped } from "./blocks.ts";

export interface CheckTally {
  readonly pods: number;
  /** Pods without a finding that counts. */
  readonly clean: number;
  /** What counts, by its severity: see saidOf. */
  readonly found: Readonly<Record<CheckFinding["severity"], number>>;
  /** Pods by the highest level that they meet. */
  readonly levels: Readonly<Record<CheckedPod["podSecurity"]["highest"], number>>;
  /** Of Pod Security among it. */
  readonly podSecurity: number;
  /** Findings that are accepted, by where that is written; in the order in which they come. */
  readonly suppressed: Readonly<Partial<Record<Suppression["by"], number>>>;
}

export const NOTHING: CheckTally = {
  pods: 0,
  clean: 0,
  found: { refusal: 0, warning: 0, note: 0 },
  levels: { restricted: 0, baseline: 0, privileged: 0 },
  podSecurity: 0,
  suppressed: {},
};

/** What counts, as a reader counts it: what is said of several places of a pod is said once. */
export function saidOf({ findings }: CheckedPod): readonly CheckFinding[] {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  return open.length < 2 ? open : grouped(open).map(([first]) => first);
}

export function tallyOf(pods: readonly CheckedPod[]): CheckTally {
  let clean = 0;
  let podSecurity = 0;
  const found = { ...NOTHING.found };
  const levels = { ...NOTHING.levels };
  const suppressed: Partial<Record<Suppression["by"], number>> = {};
  for (const pod of pods) {
    levels[pod.podSecurity.highest] += 1;
    for (const { suppressed: accepted } of pod.findings) {
      if (accepted !== undefined) suppressed[accepted.by] = (suppressed[accepted.by] ?? 0) + 1;
    }
    const said = saidOf(pod);
    for (const { severity, stage } of said) {
      found[severity] += 1;
      if (stage === "podsecurity") podSecurity += 1;
    }
    if (said.length === 0) clean += 1;
  }
  return { pods: pods.length, clean, found, levels, podSecurity, suppressed };
}

export function addTally(one: CheckTally, other: CheckTally): CheckTally {
  return {
    pods: one.pods + other.pods,
    clean: one.clean + other.clean,
    found: sum(one.found, other.found),
    levels: sum(one.levels, other.levels),
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
