// The life of one container: started, probed, watched, started again by its restart policy, asked to end.
import type { ContainerExit, RunningContainer } from "../engines/engine.ts";
import { monotonicMs } from "../node/clock.ts";
import { BackOff } from "./backOff.ts";
import { type ContainerRecord, now, refusedState, terminated } from "./containerRecord.ts";
import { allowsRestart, type LifeInput } from "./lifeInput.ts";
import { runHook } from "./probes/hooks.ts";
import { Probes } from "./probes/probes.ts";
import { endWithin, sleepUntil } from "./stopping.ts";

/** One start of the container. */
interface Instance {
  readonly running: RunningContainer;
  readonly ended: Promise<ContainerExit>;
  probes?: Probes;
  /** Why it is being ended, once it is. */
  killing?: Promise<void>;
  byProbe: boolean;
}

/** Why it is ended; without a message it is for good. */
interface Why {
  readonly message?: string;
  readonly probe?: "startup" | "liveness";
  readonly turn?: Promise<unknown> | undefined;
}

interface Ending {
  readonly exitCode: number;
  readonly byProbe: boolean;
  /** Of the clock that back-off goes by. */
  readonly at: number;
}

const START_PATIENCE_MS = 2000;

export class ContainerLife {
  readonly #input: LifeInput;
  readonly #backOff: BackOff;
  /** Settles when the first start has come to its end: the process runs and postStart is done, or it was for nothing. */
  readonly started: Promise<boolean>;
  /** Settles when the startup probe has succeeded for the first time, or never will. */
  readonly initialized: Promise<boolean>;
  /** It has ended for good. */
  isOver = false;
  /** Settles when the container has ended for good. */
  readonly ended: Promise<void>;
  #instance: Instance | undefined;
  /** Asked to start, and not running yet. */
  #starting: RunningContainer | undefined;
  #stopping = false;
  #wake: () => void = () => {};
  #tellStarted: (runs: boolean) => void = () => {};
  #tellInitialized: (is: boolean) => void = () => {};

  constructor(input: LifeInput) {
    this.#input = input;
    this.#backOff = new BackOff(input.options.backOffScale, monotonicMs);
    this.started = new Promise((resolve) => {
      this.#tellStarted = resolve;
    });
    this.initialized = new Promise((resolve) => {
      this.#tellInitialized = resolve;
    });
    this.ended = this.#live().finally(() => {
      this.#tellStarted(false);
      this.#tellInitialized(false);
      this.isOver = true;
      input.on.changed();
    });
    this.ended.catch(() => {});
  }

  get running(): RunningContainer | undefined {
    const isRunning = "running" in this.#input.record.state;
    return isRunning ? this.#instance?.running : undefined;
  }

  /** Asks the container to end for good; `turn` is what has to end before it gets the signal. */
  async stop(turn?: Promise<unknown>): Promise<void> {
    this.#stopping = true;
    this.#wake();
    this.#giveUpStart();
    if (this.#instance !== undefined) await this.#kill(this.#instance, { turn });
    await this.ended;
  }

  /** Ends the process at once. */
  kill(): void {
    this.#stopping = true;
    this.#wake();
    this.#starting?.abandon?.();
    this.#instance?.running.signal("SIGKILL");
  }

  /** A runtime that hangs must not keep a pod that is to end. */
  #giveUpStart(): void {
    const starting = this.#starting;
    if (starting === undefined) return;
    const timer = setTimeout(() => {
      if (this.#starting === starting) starting.abandon?.();
    }, START_PATIENCE_MS);
    timer.unref();
  }

  async #live(): Promise<void> {
    const { record, options, on } = this.#input;
    for (let attempt = 0; ; attempt += 1) {
      const ending = await this.#once(attempt);
      this.#tellStarted(false);
      if (this.#stopping || !this.#input.restarts(ending)) return;
      if (!allowsRestart(this.#input.at, { attempt, byProbe: ending.byProbe }, options)) {
        record.leftEnded = true;
        return;
      }
      if (!(await this.#waitForBackOff(ending.at))) return;
      record.restartCount += 1;
      on.changed();
    }
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff */
  async #waitForBackOff(endedAt: number): Promise<boolean> {
    const { record, on } = this.#input;
    const ms = this.#backOff.waitMs(endedAt);
    const { state, lastState } = record;
    if ("terminated" in state) record.lastState = state;
    if (ms > 0) {
      record.state = { waiting: on.backOff(this.#backOff.seconds) };
      on.changed();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (this.#stopping) {
        record.state = state;
        record.lastState = lastState;
        return false;
      }
    }
    this.#backOff.next(endedAt);
    return true;
  }

  async #once(attempt: number): Promise<Ending> {
    const { record, on } = this.#input;
    const running = this.#input.start(attempt);
    this.#starting = running;
    if (this.#stopping) this.#giveUpStart();
    const ended = running.ended.then((exit) => exit ?? { exitCode: 137, oomKilled: false });
    ended.catch(() => {});
    const instance: Instance = { running, ended, byProbe: false };
    const refusal = await running.started;
    this.#starting = undefined;
    if (refusal !== undefined) {
      on.refused(refusal.message);
      record.state = refusedState(refusal);
      on.changed();
      return { exitCode: 128, byProbe: false, at: monotonicMs() };
    }
    this.#instance = instance;
    const startedAt = now();
    on.started();
    if (this.#stopping) void this.#kill(instance, {});
    else await this.#postStart(instance);
    if (instance.killing === undefined) this.#runs(instance, startedAt, record);
    const exit = await ended;
    this.#instance = undefined;
    instance.probes?.end();
    record.started = false;
    record.ready = false;
    record.state = terminated(exit, startedAt, on.ended(exit.exitCode));
    on.changed();
    return { exitCode: exit.exitCode, byProbe: instance.byProbe, at: monotonicMs() };
  }

  /** The kubelet says that a container runs when its postStart hook is done. */
  #runs(instance: Instance, startedAt: string, record: ContainerRecord): void {
    const { on } = this.#input;
    record.state = { running: { startedAt } };
    this.#tellStarted(true);
    instance.probes = new Probes(this.#input.reach(instance.running), {
      started: () => {
        record.started = true;
        this.#tellInitialized(true);
        on.changed();
      },
      ready: (isReady) => {
        if (record.ready === isReady) return;
        record.ready = isReady;
        on.changed();
      },
      failed: (probe) => {
        instance.byProbe = true;
        void this.#kill(instance, { message: on.probeFailed(probe), probe });
      },
      event: (reason, message) => on.event({ type: "Warning", reason, message }),
    });
    on.changed();
  }

  async #postStart(instance: Instance): Promise<void> {
    const { hooks, on } = this.#input;
    if (hooks.postStart === undefined) return;
    const hook = runHook(hooks.postStart, this.#input.reach(instance.running), hooks.pod);
    const failure = await Promise.race([hook, instance.ended.then(() => undefined)]);
    if (failure === undefined || this.#stopping) return;
    on.event({ type: "Warning", reason: "FailedPostStartHook", message: "PostStartHook failed" });
    await this.#kill(instance, { message: "FailedPostStartHook" });
  }

  /** Once only, whoever asks first. @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer */
  #kill(instance: Instance, why: Why): Promise<void> {
    if (instance.killing === undefined) {
      instance.killing = this.#endInstance(instance, why);
      // Whoever waits for its end hears of it.
      instance.killing.catch(() => {});
    }
    return instance.killing;
  }

  async #endInstance(
    { running, ended, probes }: Instance,
    { message, probe, turn }: Why,
  ): Promise<void> {
    const { on, hooks, signal } = this.#input;
    const grace = this.#input.grace(probe);
    const begun = monotonicMs();
    const left = (): number => grace.seconds - Math.floor((monotonicMs() - begun) / 1000);
    on.killing(message);
    probes?.quiet();
    if (hooks.preStop !== undefined && left() > 0) {
      const hook = runHook(hooks.preStop, this.#input.reach(running), hooks.pod).then((failure) => {
        if (failure === undefined) return;
        on.event({ type: "Warning", reason: "FailedPreStopHook", message: "PreStopHook failed" });
      });
      await sleepUntil(Promise.race([hook, ended]), left() * 1000);
    }
    if (turn !== undefined) await sleepUntil(Promise.race([turn, ended]), left() * 1000);
    await endWithin(running, { ended, signal, ms: Math.max(left(), grace.atLeast) * 1000 });
  }
}
