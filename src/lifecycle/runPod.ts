// A pod's life on one machine, as a kubelet leads it: volumes, sandbox, init containers in order, sidecars, containers.
import { hostname } from "node:os";
import { compare } from "../core/compare/compare.ts";
import { predictObservation } from "../core/compare/predictObservation.ts";
import type { Journey } from "../core/journey.ts";
import type { JsonObject } from "../core/model/json.ts";
import { containersOf, type Pod } from "../core/model/pod.ts";
import {
  type Engine,
  type RunningContainer,
  type Sandbox,
  SandboxRefused,
} from "../engines/engine.ts";
import type { Image, ImageAnswer } from "../images/images.ts";
import { type PreparedVolume, prepareVolumes } from "../volumes/volumes.ts";
import { ContainerLife, type RestartOptions } from "./containerLife.ts";
import { type ContainerRecord, exitCodeOf, newRecord } from "./containerRecord.ts";
import { getPhase, type Phase } from "./phase.ts";
import {
  type ContainerPlan,
  planContainers,
  type StartRequest,
  startRequest,
  terminationMessage,
} from "./plan.ts";
import { type PodEvent, PodEvents } from "./podEvents.ts";
import { POD_IP, podHostname, sandboxRequest } from "./sandboxRequest.ts";
import { stopSignal } from "./stopSignal.ts";

export interface RunOptions extends RestartOptions {
  readonly probe: boolean;
  /** Overrides terminationGracePeriodSeconds. */
  readonly graceSeconds?: number;
}

export interface RunInput {
  /** With a pod that was admitted to the kubelet's stage. */
  readonly journey: Journey;
  /** By reference; every container's is there. */
  readonly images: ReadonlyMap<string, ImageAnswer>;
  /** ConfigMaps, Secrets and claims of the same files. */
  readonly objects: readonly JsonObject[];
  readonly claims: Readonly<Record<string, string>>;
  readonly engine: Engine;
  readonly place: { readonly id: string; readonly data: string };
  readonly options: RunOptions;
  /** Ends the pod as a deletion does. */
  readonly signal: AbortSignal;
  /** Ends it at once. */
  readonly force: AbortSignal;
  readonly onEvent: (event: PodEvent) => void;
  readonly onOutput: (container: string, stream: "stdout" | "stderr", bytes: Buffer) => void;
}

export interface PodOutcome {
  readonly phase: Phase;
  /** Why the pod as a whole did not run; "" otherwise. */
  readonly reason: string;
  readonly message: string;
  readonly containers: readonly ContainerRecord[];
  readonly events: readonly PodEvent[];
  readonly leftBehind: readonly string[];
}

/** The pod as a whole could not be run. */
interface Stopped {
  readonly phase: Phase;
  readonly reason: string;
  readonly message: string;
}

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
  readonly #lives = new Map<string, ContainerLife>();
  #volumes: readonly PreparedVolume[] = [];
  #sandbox: Sandbox | undefined;

  constructor(input: RunInput, pod: Pod) {
    this.#input = input;
    this.#pod = pod;
    const { journey } = input;
    this.#plans = planContainers(
      pod,
      journey.kubelet?.out.containers ?? [],
      journey.containers ?? [],
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
    const refused = this.#refusedByKubelet() ?? this.#setUpVolumes() ?? (await this.#openSandbox());
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

  #refusedByKubelet(): Stopped | undefined {
    const answer = this.#input.journey.kubelet?.out;
    if (answer === undefined) throw new Error("runPod needs a pod that admission let in");
    const { admission, sandbox } = answer;
    if (admission.admitted && sandbox !== null) return undefined;
    for (const event of answer.events) this.#events.add(event);
    if (!admission.admitted) {
      const phase = admission.phase ?? "Failed";
      return { phase, reason: admission.reason, message: admission.message };
    }
    const last = answer.events.at(-1);
    return { phase: "Pending", reason: last?.reason ?? "", message: last?.message ?? "" };
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
    const spec = this.#plans.find(({ walk }) => walk?.sandboxSpec)?.walk?.sandboxSpec;
    const cri = journey.kubelet?.out.sandbox?.linux ?? {};
    let message = failed?.walk?.error ?? "";
    if (message === "" && spec) {
      const facts = { id: place.id, pod: this.#pod, cri, spec, plans: this.#plans };
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
    const record = this.#record(at.container.name);
    if (kubelet.waiting !== null) {
      record.state = { waiting: kubelet.waiting };
      this.#events.failed(at, kubelet.waiting.message);
      return undefined;
    }
    if (walk === undefined || (walk.spec === null && walk.hostConfig === null)) {
      const message = walk?.error ?? "";
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
      fieldValues: FIELD_VALUES,
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
      const { walk } = plan;
      if (walk?.spec && walk.status) {
        const { spec, status, sandboxSpec } = walk;
        const sandbox = sandboxSpec === null ? {} : { sandboxSpec };
        const predicted = predictObservation({ spec, status, ...sandbox });
        const differences =
          observed === undefined
            ? []
            : compare({ predicted, observed }, this.#input.journey.world).out.differences;
        record.probe = { predicted, observed: observed ?? null, differences };
      }
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

const FIELD_VALUES: Readonly<Record<string, string>> = {
  "spec.nodeName": hostname(),
  "status.hostIP": POD_IP,
  "status.hostIPs": POD_IP,
  "status.podIP": POD_IP,
  "status.podIPs": POD_IP,
};
