// When the command that starts a pod in the background has seen enough of it: it runs (is ready), or it is clear that it never will.
import type { ContainerRecord } from "../lifecycle/containerRecord.ts";
import { hasStarted, neverRuns } from "../lifecycle/neverRuns.ts";
import type { PodNow } from "../lifecycle/podRun.ts";

/** `waits`: it may still become one or the other. */
export type StartVerdict = "runs" | "cannot" | "waits";

/** What is about to be decided of a container that waits. */
const UNDECIDED: readonly string[] = ["PodInitializing", "ContainerCreating"];

/**
 * The first container speaks for the pod, as by its exit code: it has started, and of the others it is known whether they do.
 * Init containers and sidecars have to come up before it.
 */
export function startVerdict(
  { status, containers, deletion }: Pick<PodNow, "status" | "containers" | "deletion">,
  waitsForReady: boolean,
): StartVerdict {
  // Somebody ends it already.
  if (deletion !== undefined) return "waits";
  const main = containers.filter(({ at }) => at.kind === "container");
  const before = containers.filter(({ at }) => at.kind === "init" || at.kind === "sidecar");
  if (waitsForReady) {
    if (status.phase === "Succeeded" || isReady(status)) return "runs";
    return [...before, ...main].some(neverRuns) ? "cannot" : "waits";
  }
  const [first, ...others] = main;
  if (first === undefined || neverRuns(first)) return "cannot";
  if (!hasStarted(first)) return before.some(neverRuns) ? "cannot" : "waits";
  return others.some(isUndecided) ? "waits" : "runs";
}

function isReady({ conditions }: PodNow["status"]): boolean {
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}

function isUndecided({ state }: ContainerRecord): boolean {
  return "waiting" in state && UNDECIDED.includes(state.waiting.reason);
}
