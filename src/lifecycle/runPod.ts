// A pod's life on one machine, as a kubelet leads it: volumes, sandbox, init containers in order, sidecars, containers.
import { containersOf, type Pod } from "../core/model/pod.ts";
import { type RunningContainer, type Sandbox, SandboxRefused } from "../engines/engine.ts";
import type { Image } from "../images/images.ts";
import { type PreparedVolume, prepareVolumes } from "../volumes/volumes.ts";
import { ContainerLife } from "./containerLife.ts";
import { type ContainerRecord, exitCodeOf, newRecord } from "./containerRecord.ts";
import { type DockerSandbox, dockerSandbox, walksInSandbox } from "./dockerSandbox.ts";
import { getPhase } from "./phase.ts";
import {
  type ContainerPlan,
  isAsked,
  planContainers,
  type StartRequest,
  sandboxSpecOf,
  startRequest,
  terminationMessage,
} from "./plan.ts";
import { PodEvents } from "./podEvents.ts";
import type { PodOutcome, RunInput } from "./podRun.ts";
import { probeOf } from "./probe.ts";
import { refusedByKubelet, type Stopped } from "./refusedByKubelet.ts";
import { runtimeWords } from "./runtimeWords.ts";
import { nodeFieldValues, podHostname, sandboxRequest } from "./sandboxRequest.ts";
import { stopSignal } from "./stopSignal.ts";

/** @throws EngineError when this machine cannot do it; nothing is left behind then */
export async function runPod(input: RunInput): Promise<PodOutcome> {
  const { pod } = input.journey;
  if (pod === null) throw new Error("runPod needs a pod that the API server accepted");
  return new PodLife(input, pod).run();
}

class PodLife {
  readonly #input: RunInput;
  readonly #pod: Pod;
  readonly #plans: readonly ContainerPlan[];
  readonly #records: ReadonlyMap<string, ContainerRecord>;
  readonly #events: PodEvents;
  readonly #dockerSandbox: DockerSandbox | undefined;
  readonly #lives = new Map<string, ContainerLife>();
  #volumes: readonly PreparedVolume[] = [];
  #sandbox: Sandbox | undefined;

  constructor(input: RunInput, pod: Pod) {
    this.#input = input;
    this.#pod = pod;
    const { journey } = input;
    this.#dockerSandbox = dockerSandbox(journey);
    this.#plans = planContainers(
      pod,
      journey.kubelet?.out.containers ?? [],
      walksInSandbox(journey.containers ?? [], this.#dockerSandbox),
    );
    const hasInit = (pod.spec.initContainers ?? []).length > 0;
    const records = containersOf(pod.spec).map((at) => newRecord(at, hasInit));
    this.#records = new Map(records.map((record) => [record.at.container.name, record]));
    this.#events = new PodEvents(pod, journey.world, input.onEvent);
  }

  async run(): Promise<PodOutcome> {
    let stopped: Stopped | undefined;
    let leftBehind: readonly string[] = [];
    const onAbort = (): void => void this.#stopAll();
    const onForce = (): void => {
      for (const life of this.#lives.values()) life.kill();
    };
    this.#input.signal.addEventListener("abort", onAbort);
    this.#input.force.addEventListener("abort", onForce);
    try {
      stopped = await this.#live();
    } finally {
      this.#input.signal.removeEventListener("abort", onAbort);
      this.#input.force.removeEventListener("abort", onForce);
      if (this.#sandbox !== undefined) leftBehind = await this.#sandbox.remove();
    }
    const containers = [...this.#records.values()];
    const { phase, reason, message } = stopped ?? {
      phase: getPhase(containers),
      reason: "",
      message: "",
    };
    return { phase, reason, message, containers, events: this.#events.all, leftBehind };
  }

  async #live(): Promise<Stopped | undefined> {
    const refused =
      refusedByKubelet(this.#input.journey, this.#events) ??
      this.#setUpVolumes() ??
      (await this.#openSandbox());
    if (refused !== undefined) return refused;
    for (const plan of this.#plans) {
      if (this.#input.signal.aborted) return undefined;
      const { kind, container } = plan.at;
      if (kind !== "init" && kind !== "sidecar") continue;
      const life = this.#start(plan);
      const runs = await life?.started;
      if (kind === "init") await life?.ended;
      const done = kind === "init" ? exitCodeOf(this.#record(container.name)) === 0 : runs;
      if (done !== true) return undefined;
    }
    // Each is asked for in the pod's order; none waits until another has started.
    const main = this.#plans.filter(({ at }) => at.kind === "container");
    const lives = main.map((plan) => this.#start(plan));
    await Promise.all(lives.map((life) => life?.ended));
    await this.#stopAll();
    return undefined;
  }

  #setUpVolumes(): Stopped | undefined {
    const { journey, objects, claims, place } = this.#input;
    const { volumes, failure } = prepareVolumes({
      ...{ pod: this.#pod, directory: place.data, objects, claims, world: journey.world },
    });
    this.#volumes = volumes;
    if (failure === undefined) return undefined;
    this.#events.add({ type: "Warning", ...failure });
    return { phase: "Pending", ...failure };
  }

  async #openSandbox(): Promise<Stopped | undefined> {
    const { journey, engine, place } = this.#input;
    const failed = this.#plans.find(({ walk }) => walk?.step === "sandbox");
    const cri = journey.kubelet?.out.sandbox?.linux ?? {};
    const docker = this.#dockerSandbox?.request ?? null;
    const spec = sandboxSpecOf(this.#plans, journey.world, engine);
    let message = engine.isRuntime ? "" : runtimeWords(failed?.walk?.error ?? "", place.id);
    if (message === "" && spec) {
      const facts = { id: place.id, pod: this.#pod, cri, spec, docker, plans: this.#plans };
      try {
        this.#sandbox = await engine.runSandbox(
          sandboxRequest({ ...facts, volumes: this.#volumes }),
        );
        return undefined;
      } catch (error) {
        if (!(error instanceof SandboxRefused)) throw error;
        message = error.message;
      }
    }
    // No container came so far that it needs a sandbox: each has its own reason.
    if (message === "") return undefined;
    this.#events.sandboxFailed(message);
    return { phase: "Pending", reason: "FailedCreatePodSandBox", message };
  }

  /** undefined when the container cannot be started; its record says why. */
  #start(plan: ContainerPlan): ContainerLife | undefined {
    const { at } = plan;
    const record = this.#record(at.container.name);
    const answer = this.#input.images.get(at.container.image ?? "");
    if (answer === undefined) return undefined;
    this.#events.image(at, answer);
    const { image, failure } = answer;
    const request = image === undefined ? undefined : this.#request(plan, image);
    if (failure !== undefined || request === undefined) {
      if (failure !== undefined) record.state = { waiting: failure };
      return undefined;
    }
    const life = new ContainerLife({
      record,
      restartPolicy: at.kind === "sidecar" ? "Always" : (this.#pod.spec.restartPolicy ?? "Always"),
      restart: this.#input.options,
      start: (attempt) => this.#startOnce(plan, record, request, attempt),
      on: {
        started: () => this.#events.started(at),
        ended: () => terminationMessage(this.#input.place.data, at.container.name),
        refused: (message) => this.#events.notStarted(at, message),
        backOff: () => this.#events.backOff(at),
        killing: () => this.#events.killing(at),
      },
    });
    this.#lives.set(at.container.name, life);
    return life;
  }

  /** Refusals of the kubelet, then of the runtime's create call. */
  #request(plan: ContainerPlan, image: Image): StartRequest | undefined {
    const { at, kubelet, walk } = plan;
    const { engine, journey } = this.#input;
    const record = this.#record(at.container.name);
    if (kubelet.waiting !== null) {
      record.state = { waiting: kubelet.waiting };
      this.#events.failed(at, kubelet.waiting.message);
      return undefined;
    }
    if (!isAsked(plan, journey.world) || (walk?.spec === null && !engine.isRuntime)) {
      const message = runtimeWords(walk?.error ?? "", at.container.name);
      record.state = { waiting: { reason: "CreateContainerError", message } };
      this.#events.failed(at, message);
      return undefined;
    }
    const request = startRequest(plan, image, {
      pod: this.#pod,
      hostname: podHostname(this.#pod),
      objects: this.#input.objects,
      volumes: this.#volumes,
      data: this.#input.place.data,
      fieldValues: nodeFieldValues(),
    });
    if (!("refusal" in request)) return request;
    record.state = { waiting: { reason: "CreateContainerConfigError", message: request.refusal } };
    this.#events.failed(at, request.refusal);
    return undefined;
  }

  #startOnce(
    plan: ContainerPlan,
    record: ContainerRecord,
    request: StartRequest,
    attempt: number,
  ): RunningContainer {
    if (this.#sandbox === undefined) throw new Error("a container without a sandbox");
    const { probe } = this.#input.options;
    const running = this.#sandbox.startContainer({
      ...{ ...request, attempt, probe },
      output: (stream, bytes) => {
        record.logs.add(bytes);
        this.#input.onOutput(request.name, stream, bytes);
      },
    });
    if (!probe) return running;
    const ended = Promise.all([running.ended, running.observed]).then(([exit, observed]) => {
      record.probe = probeOf(plan, request, observed, this.#input.journey.world);
      return exit;
    });
    return { ...running, ended, signal: (name) => running.signal(name) };
  }

  /** Containers first, then sidecars in reverse order, as a deletion ends a pod. */
  async #stopAll(): Promise<void> {
    const grace = this.#input.options.graceSeconds ?? this.#pod.spec.terminationGracePeriodSeconds;
    const graceMs = Number(grace ?? 30) * 1000;
    const stop = async ({ at }: ContainerPlan): Promise<void> => {
      const { image } = this.#input.images.get(at.container.image ?? "") ?? {};
      const life = this.#lives.get(at.container.name);
      await life?.stop(stopSignal(image?.config.stopSignal), graceMs);
    };
    await Promise.all(this.#plans.filter(({ at }) => at.kind !== "sidecar").map(stop));
    const sidecars = this.#plans.filter(({ at }) => at.kind === "sidecar");
    for (const plan of sidecars.reverse()) await stop(plan);
  }

  #record(name: string): ContainerRecord {
    const record = this.#records.get(name);
    if (record === undefined) throw new Error(`no record of container ${name}`);
    return record;
  }
}
