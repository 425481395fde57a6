// A pod as one line of `kubectl get pod`.
import type { Pod } from "../core/model/pod.ts";
import { type ContainerRecord, exitCodeOf } from "./containerRecord.ts";
import type { Phase } from "./phase.ts";

export interface StatusLine {
  readonly name: string;
  /** `1/2` */
  readonly ready: string;
  /** `Running`, `Init:0/2`, `CrashLoopBackOff`, `Completed` … */
  readonly status: string;
  /** `0`, `2 (5s ago)` */
  readonly restarts: string;
  readonly age: string;
}

export interface LineFacts {
  readonly pod: Pod;
  readonly records: readonly ContainerRecord[];
  readonly phase: Phase;
  /** Of the pod as a whole; "" where it has none. */
  readonly reason: string;
  readonly isBeingDeleted: boolean;
  /** Its containers have no status. */
  readonly isUnscheduled?: boolean;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly now: number;
}

/** @see kubernetes v1.37.2 pkg/printers/internalversion/printers.go printPod */
export function statusLine(facts: LineFacts): StatusLine {
  const { pod, records, phase, now } = facts;
  const init = records.filter(({ at }) => at.kind === "init" || at.kind === "sidecar");
  const main = records.filter(({ at }) => at.kind === "container");
  const sidecars = init.filter(({ at }) => at.kind === "sidecar");
  const initializing = initReason(init);
  const hasInitialized = initializing === undefined || main.some(hasRun);
  const counted = hasInitialized ? [...sidecars, ...main] : init;
  const isTerminal = phase === "Succeeded" || phase === "Failed";
  const reason = facts.reason === "" ? phase : facts.reason;
  const told = hasInitialized ? mainReason(main, initializing ?? reason) : initializing;
  const status = facts.isUnscheduled === true ? reason : told;
  const upSidecars = sidecars.filter(({ started, ready }) => started && ready);
  const upMain = hasInitialized ? main.filter(isUp) : [];
  return {
    name: pod.metadata?.name ?? "",
    ready: `${upSidecars.length + upMain.length}/${sidecars.length + main.length}`,
    status: facts.isBeingDeleted && !isTerminal ? "Terminating" : status,
    restarts: restartsOf(counted, now),
    age: humanDuration(now - facts.startTime),
  };
}

/** Of the first init container that is not done. */
function initReason(init: readonly ContainerRecord[]): string | undefined {
  for (const [index, { at, state, started }] of init.entries()) {
    if ("terminated" in state && state.terminated.exitCode === 0) continue;
    if (at.kind === "sidecar" && started) continue;
    if ("terminated" in state) return `Init:${state.terminated.reason}`;
    if ("waiting" in state && state.waiting.reason !== "PodInitializing") {
      return `Init:${state.waiting.reason}`;
    }
    return `Init:${index}/${init.length}`;
  }
  return undefined;
}

/** The first container speaks last. */
function mainReason(main: readonly ContainerRecord[], otherwise: string): string {
  let reason = otherwise;
  let failed = "";
  for (const { state } of main.toReversed()) {
    if ("waiting" in state) reason = state.waiting.reason;
    if (!("terminated" in state)) continue;
    reason = state.terminated.reason;
    if (state.terminated.exitCode !== 0) failed = reason;
  }
  if (reason !== "Completed") return reason;
  if (failed !== "") return failed;
  return main.some(isUp) ? "NotReady" : reason;
}

function isUp({ state, ready }: ContainerRecord): boolean {
  return ready && "running" in state;
}

function hasRun(record: ContainerRecord): boolean {
  return "running" in record.state || exitCodeOf(record) !== undefined;
}

function restartsOf(records: readonly ContainerRecord[], now: number): string {
  const count = records.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const ends = records.flatMap(({ lastState }) =>
    lastState === undefined ? [] : [Date.parse(lastState.terminated.finishedAt)],
  );
  return restartsText(count, ends, now);
}

/** @param ends of the containers' instances before, in milliseconds since 1970 */
export function restartsText(count: number, ends: readonly number[], now: number): string {
  if (count === 0 || ends.length === 0) return String(count);
  return `${count} (${humanDuration(now - Math.max(...ends))} ago)`;
}

/**
 * `42s`, `3m5s`, `25m`, `3h10m`, `2d`
 * @see kubernetes v1.37.2 apimachinery pkg/util/duration/duration.go HumanDuration
 */
export function humanDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return `${minutes}m${some(seconds % 60, "s")}`;
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return `${hours}h${some(minutes % 60, "m")}`;
  if (hours < 48) return `${hours}h`;
  return hours < 192 ? `${days}d${some(hours % 24, "h")}` : `${days}d`;
}

function some(count: number, unit: string): string {
  return count === 0 ? "" : `${count}${unit}`;
}
