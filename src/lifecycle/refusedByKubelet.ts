// A pod that the kubelet does not admit, or whose sandbox it does not even ask for.
import type { Journey } from "../core/journey.ts";
import type { Phase } from "./phase.ts";
import type { PodEvents } from "./podEvents.ts";

/** The pod as a whole could not be run. */
export interface Stopped {
  readonly phase: Phase;
  readonly reason: string;
  readonly message: string;
  /** No kubelet has heard of it. */
  readonly isUnscheduled?: true;
}

/** undefined for a pod that goes on. */
export function refusedByKubelet({ kubelet }: Journey, events: PodEvents): Stopped | undefined {
  const answer = kubelet?.out;
  if (answer === undefined) throw new Error("runPod needs a pod that admission let in");
  const { admission, sandbox } = answer;
  if (admission.admitted && sandbox !== null) return undefined;
  for (const event of answer.events) events.add(event);
  if (!admission.admitted) {
    const { phase = "Failed", reason, message } = admission;
    return { phase, reason, message };
  }
  const last = answer.events.at(-1);
  return { phase: "Pending", reason: last?.reason ?? "", message: last?.message ?? "" };
}
