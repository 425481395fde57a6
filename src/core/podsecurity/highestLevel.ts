// The strictest level that a pod meets, at one version or over all of them: what a move to another namespace or release asks first.
import type { Pod } from "../model/pod.ts";
import type { KubeMinor, Versioned } from "../model/version.ts";
import { isAllowed, type Judgements } from "./evaluate.ts";
import { LEVELS, type Level } from "./level.ts";
import { type PodView, viewPod } from "./podView.ts";
import { POLICY_CHANGES } from "./policies.ts";

/** The strictest level that allows the pod at this version of the policy. */
export function highestLevel(pod: Pod, version: KubeMinor): Level {
  return highestOf(viewPod(pod), version, []);
}

/** The same for every version from v1.0 to the newest known: a row where the level changes. */
export function highestLevels(pod: Pod): Versioned<Level> {
  const view = viewPod(pod);
  const known: Judgements = [];
  const rows: { since: KubeMinor; value: Level }[] = [];
  for (const since of POLICY_CHANGES) {
    const value = highestOf(view, since, known);
    if (rows.at(-1)?.value !== value) rows.push({ since, value });
  }
  return rows;
}

function highestOf(view: PodView, version: KubeMinor, known: Judgements): Level {
  const met = LEVELS.findLast((level) => isAllowed(view, level, version, known));
  return met ?? "privileged";
}
