// What is known of one container while its pod lives: its state as containerStatuses spell it, its exit, its logs.

import type { Tried } from "../core/answers/tries.ts";
import type { ObservedDifference } from "../core/compare/compare.ts";
import type { Observation } from "../core/model/observation.ts";
import type { ContainerAt } from "../core/model/pod.ts";
import type { ContainerExit, ContainerRefusal } from "../engines/engine.ts";

export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | Terminated;

export interface Terminated {
  readonly terminated: {
    readonly exitCode: number;
    readonly reason: string;
    readonly message?: string;
    readonly startedAt: string;
    readonly finishedAt: string;
  };
}

/** Prediction and observation of a container's own process right after its execve. */
export interface Probe {
  readonly predicted: Observation;
  /** null: the process could not be looked at. */
  readonly observed: Observation | null;
  readonly differences: readonly ObservedDifference[];
  readonly tries: readonly Tried[];
}

export interface ContainerRecord {
  readonly at: ContainerAt;
  state: ContainerState;
  /** How it ended the time before. */
  lastState: Terminated | undefined;
  /** Its startup probe has succeeded, or it has none and runs. */
  started: boolean;
  ready: boolean;
  restartCount: number;
  /** A kubelet would have started it again. */
  leftEnded: boolean;
  probe?: Probe | undefined;
  /** Bytes of the runtime's log that could not be read in time. */
  lostLog: number;
  /** The latest output, both streams. */
  readonly logs: LogTail;
}

export function newRecord(at: ContainerAt, hasInit: boolean): ContainerRecord {
  const reason = hasInit && at.kind !== "ephemeral" ? "PodInitializing" : "ContainerCreating";
  return {
    ...{ at, state: { waiting: { reason } }, lastState: undefined },
    ...{ started: false, ready: false, restartCount: 0, leftEnded: false, lostLog: 0 },
    logs: new LogTail(),
  };
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go toKubeContainerStatus */
export function terminated(exit: ContainerExit, startedAt: string, message?: string): Terminated {
  const { exitCode, oomKilled } = exit;
  const reason = oomKilled ? "OOMKilled" : exitCode === 0 ? "Completed" : "Error";
  const said = message === undefined ? {} : { message };
  return { terminated: { exitCode, reason, ...said, startedAt, finishedAt: now() } };
}

/** Of a container that the runtime did not start: an end of its own, or a wait where it did not answer. */
export function refusedState({ message, step, timedOut }: ContainerRefusal): ContainerState {
  if (timedOut !== true) return startError(message);
  const reason = step === "create" ? "CreateContainerError" : "RunContainerError";
  return { waiting: { reason, message } };
}

/** What is told from here on is of the nth start, from 0, and the one before it is the last. */
export function turnTo(record: ContainerRecord, attempt: number): void {
  if (record.restartCount === attempt) return;
  if ("terminated" in record.state) record.lastState = record.state;
  record.restartCount = attempt;
}

/**
 * One that is to be started again waits, and has ended before.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses
 */
export function refuse(
  record: ContainerRecord,
  refusal: ContainerRefusal,
  isStartedAgain: boolean,
): void {
  record.state = refusedState(refusal);
  if (!isStartedAgain || !("terminated" in record.state)) return;
  record.lastState = record.state;
  record.state = { waiting: { reason: "RunContainerError", message: refusal.message } };
}

/** containerd's exit code and reason for a process that never started. */
function startError(message: string): Terminated {
  return {
    terminated: {
      exitCode: 128,
      reason: "StartError",
      message,
      // CRI tells no time as 0.
      startedAt: now(new Date(0)),
      finishedAt: now(),
    },
  };
}

/** Of its latest end. */
export function exitCodeOf({ state, lastState }: ContainerRecord): number | undefined {
  const ended = "terminated" in state ? state : lastState;
  return ended?.terminated.exitCode;
}

/** As Kubernetes writes times. */
export function now(date: Date = new Date()): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

const MAX_BYTES = 10 * 1024 * 1024;

/** Keeps the end of what was written, as the kubelet keeps the latest 10 MiB. */
export class LogTail {
  #parts: Buffer[] = [];
  #size = 0;

  add(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    while (this.#size > MAX_BYTES && this.#parts.length > 1) {
      this.#size -= this.#parts.shift()?.length ?? 0;
    }
  }

  text(): string {
    return Buffer.concat(this.#parts).toString("utf8");
  }
}
