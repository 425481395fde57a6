// A pod's life on one machine, as a kubelet leads it: volumes, sandbox, init containers in order, sidecars, containers.
import type { Journey } from "../core/journey.ts";
import type { Pod } from "../core/model/pod.ts";
import type { Sandbox } from "../engines/engine.ts";
import { startActiveDeadline } from "./activeDeadline.ts";
import type { ContainerLife } from "./containerLife.ts";
import { exitCodeOf } from "./containerRecord.ts";
import { ContainerStarter } from "./containerStarter.ts";
import { type DockerSandbox, dockerSandbox, walksInSandbox } from "./dockerSandbox.ts";
import { EVICTION_GRACE_S, watchSizeLimits } from "./eviction.ts";
import { ImagePulls } from "./imagePulls.ts";
import { openSandbox } from "./openSandbox.ts";
import { type ContainerPlan, planContainers } from "./plan.ts";
import { PodEvents } from "./podEvents.ts";
import { refusedHostname } from "./podHosts.ts";
import { PodReport } from "./podReport.ts";
import type { PodOutcome, RunInput } from "./podRun.ts";
import { PodVolumes } from "./podVolumes.ts";
import { refusedByKubelet, type Stopped } from "./refusedByKubelet.ts";
import { refusedByScheduler } from "./refusedByScheduler.ts";
import { inTurn } from "./stopOrder.ts";

/** @throws EngineError when this machine cannot do it; nothing is left behind then */
export async function runPod(input: RunInput): Promise<PodOutcome> {
  const { pod } = input.journey;
  if (pod === null) throw new Error("runPod needs a pod that the API server accepted");
  return new PodLife(input, pod).run();
}

class PodLife {
  readonly #input: RunInput;
  readonly #pod: Pod;
  readonly #plans: ContainerPlan[];
  readonly #dockerSandbox: DockerSandbox | undefined;
  readonly #events: PodEvents;
  readonly #report: PodReport;
  readonly #pulls: ImagePulls;
  readonly #volumes: PodVolumes;
  readonly #lives = new Map<string, ContainerLife>();
  /** The latest walk. */
  #journey: Journey;
  #sandbox: Sandbox | undefined;
  #stopped: Stopped | undefined;
  /** Of a pod that does not get its own. */
  #graceSeconds: number | undefined;
  /** No container is started any more. */
  #ending = false;

  constructor(input: RunInput, pod: Pod) {
    this.#input = input;
    this.#pod = pod;
    const { journey, images, pullAgain: again, options } = input;
    this.#journey = journey;
    this.#dockerSandbox = dockerSandbox(journey);
    this.#plans = this.#plan();
    this.#events = new PodEvents(pod, journey.world, input.onEvent);
    this.#volumes = new PodVolumes(input, pod, this.#events);
    this.#report = new PodReport(input, { pod, plans: this.#plans, lives: this.#lives });
    this.#pulls = new ImagePulls({
      ...{ images, again, most: options.pulls ?? 0, backOffScale: options.backOffScale },
      ...{ kubernetes: journey.world.kubernetes, events: this.#events },
      record: (name) => this.#report.record(name),
      changed: () => this.#report.changed(),
    });
  }

  #plan(): ContainerPlan[] {
    const { kubelet, containers } = this.#journey;
    const walks = walksInSandbox(containers ?? [], this.#dockerSandbox);
    return planContainers(this.#pod, kubelet?.out.containers ?? [], walks);
  }

  async run(): Promise<PodOutcome> {
    let leftBehind: readonly string[] = [];
    const onAbort = (): void => {
      this.#report.beginDeletion();
      this.#beginToStop();
    };
    const onForce = (): void => {
      for (const life of this.#lives.values()) life.kill();
    };
    const deadline = startActiveDeadline(this.#pod, () => {
      if (this.#ending) return;
      this.#stopped = { phase: "Failed", ...this.#events.deadlineExceeded() };
      this.#beginToStop();
    });
    this.#input.signal.addEventListener("abort", onAbort);
    this.#input.force.addEventListener("abort", onForce);
    if (this.#input.options.until === "ready")
      void this.#report.ready.then(() => this.#beginToStop());
    try {
      const refused = await this.#live();
      this.#stopped ??= refused;
    } finally {
      clearTimeout(deadline);
      this.#input.signal.removeEventListener("abort", onAbort);
      this.#input.force.removeEventListener("abort", onForce);
      if (this.#sandbox !== undefined) leftBehind = await this.#sandbox.remove();
      this.#report.sandbox = this.#sandbox === undefined ? "none" : "notReady";
    }
    return { ...this.#report.end(this.#stopped), events: this.#events.all, leftBehind };
  }

  async #live(): Promise<Stopped | undefined> {
    const refused =
      refusedByScheduler(this.#input, this.#pod, this.#events) ??
      refusedByKubelet(this.#input.journey, this.#events) ??
      this.#volumes.setUp() ??
      refusedHostname(this.#pod, this.#events) ??
      (await this.#openSandbox()) ??
      this.#volumes.fill(this.#sandbox);
    if (refused !== undefined) return refused;
    this.#report.changed();
    const starter = this.#starter();
    const endWatch = watchSizeLimits(this.#pod, this.#volumes.prepared, (message) =>
      this.#evict(message),
    );
    try {
      if (await this.#initialize(starter)) await this.#runMain(starter);
    } finally {
      endWatch();
    }
    await this.#stopAll();
    return undefined;
  }

  /** Init containers one after the other, sidecars when they have come up. @returns false when that failed */
  async #initialize(starter: ContainerStarter): Promise<boolean> {
    for (const plan of this.#plans) {
      const { kind, container } = plan.at;
      if (kind !== "init" && kind !== "sidecar") continue;
      if (this.#isEnding()) return false;
      const life = this.#startNow(starter, plan) ?? (await this.#startLater(starter, plan));
      if (life === undefined) return false;
      if (kind === "sidecar") {
        if (!(await life.initialized)) return false;
        continue;
      }
      await life.ended;
      if (exitCodeOf(this.#report.record(container.name)) !== 0) return false;
    }
    return !this.#isEnding();
  }

  /**
   * Each is asked for and told of in the pod's order, in which the kubelet starts one after the other; none waits until another
   * has started, but what follows a container with a postStart hook waits for that.
   */
  async #runMain(starter: ContainerStarter): Promise<void> {
    const ends: (Promise<void> | undefined)[] = [];
    const starts: Promise<unknown>[] = [];
    for (const plan of this.#plans.filter(({ at }) => at.kind === "container")) {
      if (this.#isEnding()) break;
      if (starts.length > 0) this.#events.holdUntil(plan.at, Promise.all(starts));
      const life = this.#startNow(starter, plan);
      if (life !== undefined) starts.push(life.started);
      ends.push(life?.ended ?? this.#startLater(starter, plan).then((started) => started?.ended));
      if (plan.at.container.lifecycle?.["postStart"] !== undefined) await life?.started;
    }
    await Promise.all(ends);
  }

  /** What another container waits for already is not asked for again. */
  #startNow(starter: ContainerStarter, plan: ContainerPlan): ContainerLife | undefined {
    return this.#pulls.isWaitedFor(plan.at) ? undefined : starter.start(plan);
  }

  /** When its image has come at last, and is known to the walk. */
  async #startLater(
    starter: ContainerStarter,
    { at }: ContainerPlan,
  ): Promise<ContainerLife | undefined> {
    const journey = await this.#pulls.wait(at);
    if (journey === undefined || this.#isEnding()) return undefined;
    this.#journey = journey;
    this.#plans.splice(0, this.#plans.length, ...this.#plan());
    const plan = this.#plans.find(({ at: { container } }) => container.name === at.container.name);
    return plan && starter.start(plan);
  }

  #isEnding(): boolean {
    return this.#ending || this.#input.signal.aborted;
  }

  #starter(): ContainerStarter {
    const sandbox = this.#sandbox;
    return new ContainerStarter(this.#input, {
      ...{ pod: this.#pod, journey: () => this.#journey },
      ...{ events: this.#events, report: this.#report, volumes: this.#volumes.prepared },
      sandbox: () => {
        if (sandbox === undefined) throw new Error("a container without a sandbox");
        return sandbox;
      },
      lives: this.#lives,
      graceSeconds: () => this.#graceSeconds,
    });
  }

  /** As a deletion ends a pod; sidecars go last. */
  async #stopAll(): Promise<void> {
    this.#ending = true;
    this.#pulls.end();
    const lives = new Map(this.#lives);
    await Promise.all(inTurn(this.#plans, lives).map(({ life, turn }) => life.stop(turn)));
  }

  /** What goes wrong with a container then is told by its own end. */
  #beginToStop(): void {
    this.#stopAll().catch(() => {});
  }

  #evict(message: string): void {
    if (this.#ending) return;
    this.#stopped = { phase: "Failed", ...this.#events.evicted(message) };
    this.#graceSeconds = EVICTION_GRACE_S;
    this.#beginToStop();
  }

  async #openSandbox(): Promise<Stopped | undefined> {
    const opened = await openSandbox(this.#input, {
      ...{ pod: this.#pod, plans: this.#plans, docker: this.#dockerSandbox },
      ...{ volumes: this.#volumes.prepared, events: this.#events },
    });
    if (!("sandbox" in opened)) return opened.refused;
    this.#sandbox = opened.sandbox;
    this.#report.sandbox = "ready";
    return undefined;
  }
}
