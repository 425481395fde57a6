// Containers that were never started, and that nothing here starts any more.
import type { ContainerRecord } from "./containerRecord.ts";

/** What the kubelet tries again at every turn, and what cannot change while secctx runs. */
const REFUSED: readonly string[] = [
  ...["CreateContainerConfigError", "CreateContainerError", "RunContainerError"],
];

type Known = Pick<ContainerRecord, "state" | "lastState" | "leftEnded">;

/** A first start that the runtime refused counts, also where the restart policy has it tried again. */
export function neverRuns({ state, lastState, leftEnded }: Known): boolean {
  if ("running" in state) return false;
  const ended = lastState ?? ("terminated" in state ? state : undefined);
  if (ended !== undefined) return isStartError(ended.terminated);
  return "waiting" in state && (leftEnded || REFUSED.includes(state.waiting.reason));
}

/** It runs, or has run before. */
export function hasStarted({ state, lastState }: Known): boolean {
  if ("running" in state) return true;
  const ended = lastState ?? ("terminated" in state ? state : undefined);
  return ended !== undefined && !isStartError(ended.terminated);
}

/** containerd's reason for a process that never was. */
function isStartError({ reason }: { readonly reason: string }): boolean {
  return reason === "StartError";
}
