// The life of one container: started, watched, started again by the pod's restart policy, asked to end.
import type { ContainerExit, RunningContainer } from "../engines/engine.ts";
import { type ContainerRecord, now, startError, terminated } from "./containerRecord.ts";

export interface RestartOptions {
  /** How often a container is started again at most. */
  readonly restarts: number;
  /** The kubelet waits 10 s, then 20 s, … up to 5 min; this factor shortens it. */
  readonly backOffScale: number;
}

export interface LifeInput {
  readonly record: ContainerRecord;
  readonly restartPolicy: string;
  readonly restart: RestartOptions;
  /** Starts the container for the nth time, from 0. */
  readonly start: (attempt: number) => RunningContainer;
  /** Its events, in the kubelet's words. */
  readonly on: {
    readonly started: () => void;
    /** The message that the container left for its status. */
    readonly ended: () => string | undefined;
    readonly refused: (message: string) => void;
    readonly backOff: (seconds: number) => void;
    readonly killing: () => void;
  };
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff */
const FIRST_BACK_OFF_S = 10;
const MAX_BACK_OFF_S = 300;

export class ContainerLife {
  readonly #input: LifeInput;
  /** Settles when the process runs for the first time, or never will. */
  readonly started: Promise<boolean>;
  /** Settles when the container has ended for good. */
  readonly ended: Promise<void>;
  #running: RunningContainer | undefined;
  #stopping = false;
  #wake: () => void = () => {};

  constructor(input: LifeInput) {
    this.#input = input;
    let first: (runs: boolean) => void = () => {};
    this.started = new Promise((resolve) => {
      first = resolve;
    });
    this.ended = this.#live(first).finally(() => first(false));
    this.ended.catch(() => {});
  }

  /** Asks the container to end, and makes it end after `graceMs`. */
  async stop(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#wake();
    const running = this.#running;
    if (running === undefined || !("running" in this.#input.record.state)) return;
    this.#input.on.killing();
    running.signal(signal);
    const timer = setTimeout(() => running.signal("SIGKILL"), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends the process at once. */
  kill(): void {
    this.#stopping = true;
    this.#wake();
    this.#running?.signal("SIGKILL");
  }

  async #live(first: (runs: boolean) => void): Promise<void> {
    const { record, restart, on } = this.#input;
    for (let attempt = 0; ; attempt += 1) {
      const exit = await this.#once(attempt, first);
      if (attempt >= restart.restarts || this.#stopping || !this.#startsAgain(exit)) return;
      if (attempt > 0) {
        const seconds = Math.min(FIRST_BACK_OFF_S * 2 ** (attempt - 1), MAX_BACK_OFF_S);
        on.backOff(seconds);
        await this.#sleep(seconds * 1000 * restart.backOffScale);
        if (this.#stopping) return;
      }
      record.restartCount += 1;
    }
  }

  async #once(attempt: number, first: (runs: boolean) => void): Promise<ContainerExit | undefined> {
    const { record, on } = this.#input;
    const running = this.#input.start(attempt);
    this.#running = running;
    const refusal = await running.started;
    if (refusal !== undefined) {
      on.refused(refusal.message);
      record.state = startError(refusal.message);
      return undefined;
    }
    const startedAt = now();
    record.state = { running: { startedAt } };
    on.started();
    first(true);
    const exit = (await running.ended) ?? { exitCode: 137, oomKilled: false };
    record.state = terminated(exit, startedAt, on.ended());
    return exit;
  }

  #startsAgain(exit: ContainerExit | undefined): boolean {
    const { restartPolicy } = this.#input;
    return restartPolicy === "Always" || (restartPolicy === "OnFailure" && exit?.exitCode !== 0);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
