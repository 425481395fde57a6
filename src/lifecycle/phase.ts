// The phase of a pod, from its containers' states.
import type { Pod } from "../core/model/pod.ts";
import { type ContainerRecord, exitCodeOf } from "./containerRecord.ts";
import { containerShouldRestart } from "./shouldRestart.ts";

export type Phase = "Pending" | "Running" | "Succeeded" | "Failed";

/**
 * @param isTerminal nothing of it is started again, whatever its restart policy says
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go getPhase
 */
export function getPhase(
  pod: Pod,
  records: readonly ContainerRecord[],
  isTerminal: boolean,
): Phase {
  const init = records.filter(({ at }) => at.kind === "init");
  const sidecars = records.filter(({ at }) => at.kind === "sidecar");
  const main = records.filter(({ at }) => at.kind === "container");
  if (init.some((record) => hasFailedForGood(record, pod))) return "Failed";
  const hasInitialized = main.some(
    (record) => isRunning(record) || exitCodeOf(record) !== undefined,
  );
  const isStartingUp = !hasInitialized && sidecars.some(isPendingSidecar);
  if (init.some(isPendingInit) || isStartingUp || [...sidecars, ...main].some(isWaiting)) {
    return "Pending";
  }
  if ([...sidecars, ...main].some(isRunning)) return "Running";
  const codes = main.map((record) => exitCodeOf(record) ?? 0);
  const isAllOver =
    isTerminal ||
    main.every(({ at }, index) => !containerShouldRestart(at, pod, codes[index] ?? 0));
  if (!isAllOver) return "Running";
  return codes.every((code) => code === 0) ? "Succeeded" : "Failed";
}

function hasFailedForGood(record: ContainerRecord, pod: Pod): boolean {
  const code = exitCodeOf(record) ?? 0;
  if (code === 0 || isRunning(record)) return false;
  return !containerShouldRestart(record.at, pod, code);
}

function isPendingInit(record: ContainerRecord): boolean {
  return isRunning(record) || isWaiting(record);
}

function isPendingSidecar(record: ContainerRecord): boolean {
  return (isRunning(record) && !record.started) || isWaiting(record);
}

function isRunning({ state }: ContainerRecord): boolean {
  return "running" in state;
}

/** One that waits to be started again has been there. */
function isWaiting({ state, lastState }: ContainerRecord): boolean {
  return "waiting" in state && lastState === undefined;
}
