// The phase of a pod, from its containers' states.
import type { ContainerRecord } from "./containerRecord.ts";
import { exitCodeOf } from "./containerRecord.ts";

export type Phase = "Pending" | "Running" | "Succeeded" | "Failed";

/**
 * The kubelet's rule for a pod whose containers are not started again, which is how secctx ends every run: a pod with
 * restartPolicy Always would be Running for ever.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go getPhase
 */
export function getPhase(records: readonly ContainerRecord[]): Phase {
  const init = records.filter(({ at }) => at.kind === "init");
  const sidecars = records.filter(({ at }) => at.kind === "sidecar");
  const main = records.filter(({ at }) => at.kind === "container");
  if (init.some((record) => (exitCodeOf(record) ?? 0) !== 0)) return "Failed";
  if (init.some(isUnfinished) || sidecars.some(isWaiting)) return "Pending";
  if (main.some(isWaiting)) return "Pending";
  if (main.some(isUnfinished)) return "Running";
  return main.every((record) => exitCodeOf(record) === 0) ? "Succeeded" : "Failed";
}

function isWaiting({ state }: ContainerRecord): boolean {
  return "waiting" in state;
}

function isUnfinished({ state }: ContainerRecord): boolean {
  return !("terminated" in state);
}
