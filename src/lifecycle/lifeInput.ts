// What the life of one container is given by its pod, and how often it may be started again.
import type { JsonObject } from "../core/model/json.ts";
import type { ContainerAt } from "../core/model/pod.ts";
import type { RunningContainer } from "../engines/engine.ts";
import type { ContainerRecord } from "./containerRecord.ts";
import type { Reach } from "./probes/handler.ts";

export interface RestartOptions {
  /**
   * How often a container is started again at most; Infinity: as often as the kubelet would. Without a number only what
   * cannot keep a run from ending is: a sidecar, and a container whose probe failed.
   */
  readonly restarts?: number;
  /** The kubelet waits 10 s, then 20 s, … up to 5 min; this factor shortens it. */
  readonly backOffScale: number;
}

export interface LifeInput {
  readonly at: ContainerAt;
  readonly record: ContainerRecord;
  readonly options: RestartOptions;
  /** By the restart policy. */
  readonly restarts: (ending: { readonly exitCode: number; readonly byProbe: boolean }) => boolean;
  /** Starts the container for the nth time, from 0. */
  readonly start: (attempt: number) => RunningContainer;
  readonly reach: (running: RunningContainer) => Reach;
  readonly hooks: {
    readonly postStart: JsonObject | undefined;
    readonly preStop: JsonObject | undefined;
    /** The pod as the kubelet names it. */
    readonly pod: string;
  };
  readonly signal: NodeJS.Signals;
  /** Seconds from the wish to the end; at least so many are left for the signal. */
  readonly grace: (probe: "startup" | "liveness" | undefined) => Grace;
  readonly on: LifeListener;
}

export interface Grace {
  readonly seconds: number;
  readonly atLeast: number;
}

/** Its events, in the kubelet's words. */
export interface LifeListener {
  readonly changed: () => void;
  readonly started: () => void;
  /** The message that the container left for its status. */
  readonly ended: (exitCode: number) => string | undefined;
  readonly refused: (message: string) => void;
  /** @returns why its status shows it waiting */
  readonly backOff: (seconds: number) => { readonly reason: string; readonly message: string };
  readonly killing: (message: string | undefined) => void;
  /** @returns what the container is ended with */
  readonly probeFailed: (probe: "startup" | "liveness") => string;
  readonly event: (event: {
    readonly type: "Warning";
    readonly reason: string;
    readonly message: string;
  }) => void;
}

/** Without `restarts` a pod that has done its work ends, though a kubelet would start it again. */
export function allowsRestart(
  { kind }: ContainerAt,
  { attempt, byProbe }: { readonly attempt: number; readonly byProbe: boolean },
  { restarts }: RestartOptions,
): boolean {
  return restarts === undefined ? byProbe || kind === "sidecar" : attempt < restarts;
}
