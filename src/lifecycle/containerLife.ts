// The life of one container: started, probed, watched, started again by its restart policy, asked to end.
import type { RunningContainer } from "../engines/engine.ts";
import { monotonicMs } from "../node/clock.ts";
import { BackOff } from "./backOff.ts";
import { now, refuse, terminated, turnTo } from "./containerRecord.ts";
import { endInstance, type Instance, type Why } from "./endInstance.ts";
import { allowsRestart, type LifeInput } from "./lifeInput.ts";
import { runHook } from "./probes/hooks.ts";
import { Probes } from "./probes/probes.ts";

interface Ending {
  readonly exitCode: number;
  readonly byProbe: boolean;
  /** Of the clock that back-off goes by. */
  readonly at: number;
}

/** How a start ends that the runtime refused. */
const REFUSED = { exitCode: 128, byProbe: false };

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
    for (let attempt = 0; ; attempt += 1) {
      const ending = await this.#once(attempt);
      this.#tellStarted(false);
      if (this.#stopping || !this.#input.restarts(ending)) return;
      if (!this.#isAllowed(ending, attempt)) {
        this.#input.record.leftEnded = true;
        return;
      }
      if (!(await this.#waitForBackOff(ending.at))) return;
    }
  }

  #isAllowed({ byProbe }: Pick<Ending, "byProbe">, attempt: number): boolean {
    return allowsRestart(this.#input.at, { attempt, byProbe }, this.#input.options);
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff */
  async #waitForBackOff(endedAt: number): Promise<boolean> {
    const { record, on } = this.#input;
    const ms = this.#backOff.waitMs(endedAt);
    const { state, lastState } = record;
    if (ms > 0) {
      if ("terminated" in state) record.lastState = state;
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
      turnTo(record, attempt);
      const isAgain = !this.#stopping && this.#input.restarts(REFUSED);
      refuse(record, refusal, isAgain && this.#isAllowed(REFUSED, attempt));
      on.changed();
      return { ...REFUSED, at: monotonicMs() };
    }
    this.#instance = instance;
    const startedAt = now();
    on.started();
    if (this.#stopping) void this.#kill(instance, {});
    else await this.#postStart(instance);
    if (instance.killing === undefined) this.#runs(instance, startedAt, attempt);
    const exit = await ended;
    this.#instance = undefined;
    instance.probes?.end();
    record.started = false;
    record.ready = false;
    turnTo(record, attempt);
    record.state = terminated(exit, startedAt, on.ended(exit.exitCode));
    on.changed();
    return { exitCode: exit.exitCode, byProbe: instance.byProbe, at: monotonicMs() };
  }

  /** The kubelet says that a container runs when its postStart hook is done. */
  #runs(instance: Instance, startedAt: string, attempt: number): void {
    const { on, record } = this.#input;
    turnTo(record, attempt);
    record.state = { running: { startedAt } };
    this.#tellStarted(true);
    instance.probes = new Probes(this.#input.reach(instance.running), {
      started: (isReady) => {
        record.started = true;
        record.ready = isReady;
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
      instance.killing = endInstance(instance, why, this.#input);
      // Whoever waits for its end hears of it.
      instance.killing.catch(() => {});
    }
    return instance.killing;
  }
}
