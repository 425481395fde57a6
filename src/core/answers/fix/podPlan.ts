// The shape of a plan: fields of a pod to change, and what there is to say about them.

import type { Pod } from "../../model/pod.ts";
import type { Change, CheckId } from "../../podsecurity/check.ts";
import { applyChanges } from "../../rules/changes.ts";
import type { FixNote } from "./fixed.ts";

export interface PlannedChange extends Change {
  /** That asks for it; absent where it only corrects. */
  readonly check?: CheckId;
}
export interface PodPlan {
  /** Paths relative to the pod; made one after another. */
  readonly changes: readonly PlannedChange[];
  readonly notes: readonly FixNote[];
}

/** Each step plans for the pod as the steps before it leave it. */
export function planned(
  pod: Pod,
  steps: readonly ((pod: Pod) => PodPlan)[],
): PodPlan & { pod: Pod } {
  const changes: PlannedChange[] = [];
  const notes: FixNote[] = [];
  let current = pod;
  for (const step of steps) {
    const plan = step(current);
    changes.push(...plan.changes);
    notes.push(...plan.notes);
    current = applyChanges(current, plan.changes);
  }
  return { changes, notes, pod: current };
}
