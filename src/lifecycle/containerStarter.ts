// Brings one planned container to life: refusals of the kubelet and the runtime first, then its process, hooks and probes.
import { rpcError, wrapExecError } from "../core/containerd/start.ts";
import type { Journey } from "../core/journey.ts";
import type { ContainerAt, Pod } from "../core/model/pod.ts";
import type { RunningContainer, Sandbox } from "../engines/engine.ts";
import type { Image } from "../images/images.ts";
import type { PreparedVolume } from "../volumes/volumes.ts";
import { ContainerLife } from "./containerLife.ts";
import type { ContainerRecord } from "./containerRecord.ts";
import { type HeldOutput, heldOutput } from "./heldOutput.ts";
import type { Grace, LifeListener } from "./lifeInput.ts";
import { lostLogHere } from "./lostLog.ts";
import { type ContainerPlan, isAsked, type StartRequest, startRequest } from "./plan.ts";
import type { PodEvents } from "./podEvents.ts";
import { podHostname } from "./podHosts.ts";
import type { PodReport } from "./podReport.ts";
import type { Attachment, RunInput } from "./podRun.ts";
import { probeOf, triesAt } from "./probe.ts";
import { numberAt, objectAt, type Reach } from "./probes/handler.ts";
import { runtimeWords } from "./runtimeWords.ts";
import { POD_IP, runtimeFieldValues } from "./sandboxRequest.ts";
import { containerShouldRestart, restartsAfterProbe } from "./shouldRestart.ts";
import { graceOf } from "./stopping.ts";
import { stopSignal } from "./stopSignal.ts";
import { clearTerminationMessage, terminationMessage } from "./terminationMessage.ts";
import { triedPlaces } from "./triedPlaces.ts";

export interface StarterFacts {
  readonly pod: Pod;
  /** The latest walk: what was not known of an image may be known now. */
  readonly journey: () => Journey;
  readonly events: PodEvents;
  readonly report: PodReport;
  readonly volumes: readonly PreparedVolume[];
  readonly sandbox: () => Sandbox;
  /** Of a pod that is evicted, instead of its own. */
  readonly graceSeconds: () => number | undefined;
  /** By container; those that are started come here. */
  readonly lives: Map<string, ContainerLife>;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go minimumGracePeriodInSeconds */
const LEAST_GRACE_S = 2;

export class ContainerStarter {
  readonly #input: RunInput;
  readonly #facts: StarterFacts;
  /** Of each container's latest start. */
  readonly #held = new Map<string, HeldOutput>();

  constructor(input: RunInput, facts: StarterFacts) {
    this.#input = input;
    this.#facts = facts;
  }

  /** undefined when the container cannot be started; its record says why. */
  start(plan: ContainerPlan): ContainerLife | undefined {
    const { at } = plan;
    const { events, report, pod, lives } = this.#facts;
    const record = report.record(at.container.name);
    const answer = this.#input.images.get(at.container.image ?? "");
    if (answer === undefined) return undefined;
    events.image(at, answer);
    const { image, failure } = answer;
    const request = image === undefined ? undefined : this.#request(plan, image);
    if (failure !== undefined) record.state = { waiting: failure };
    if (failure !== undefined || image === undefined || request === undefined) {
      report.changed();
      return undefined;
    }
    const lifecycle = at.container.lifecycle ?? {};
    const told = lifecycle["stopSignal"] ?? image.config.stopSignal;
    const life = new ContainerLife({
      ...{ at, record, options: this.#input.options },
      restarts: ({ exitCode, byProbe }) =>
        byProbe ? restartsAfterProbe(at, pod) : containerShouldRestart(at, pod, exitCode),
      start: (attempt) => this.#startOnce(plan, record, request, attempt),
      reach: (running) => this.#reach(at, running),
      hooks: {
        postStart: objectAt(lifecycle, "postStart"),
        preStop: objectAt(lifecycle, "preStop"),
        pod: events.podName,
      },
      signal: stopSignal(told === undefined ? undefined : String(told)),
      grace: (probe) => this.#grace(at, probe),
      on: this.#listener(at, record),
    });
    lives.set(at.container.name, life);
    return life;
  }

  #listener(at: ContainerAt, record: ContainerRecord): LifeListener {
    const { events, report, pod } = this.#facts;
    const { name } = at.container;
    const release = (): void => {
      const held = this.#held.get(name);
      events.afterThose(at, () => held?.release());
    };
    return {
      changed: () => report.changed(),
      started: () => {
        events.started(at);
        release();
      },
      ended: (exitCode) =>
        terminationMessage(this.#input.place.data, at.container, { exitCode, logs: record.logs }),
      refused: (message) => {
        events.notStarted(at, message);
        release();
      },
      backOff: (seconds) => events.backOff(at, seconds),
      killing: (message) => events.killing(at, message),
      probeFailed: (probe) => {
        if (at.kind === "sidecar") return `Init container ${name} failed ${probe} probe`;
        const restarts = restartsAfterProbe(at, pod) ? ", will be restarted" : "";
        return `Container ${name} failed ${probe} probe${restarts}`;
      },
      event: (event) => events.about(at, event),
    };
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go setTerminationGracePeriod */
  #grace({ container }: ContainerAt, probe: "startup" | "liveness" | undefined): Grace {
    const graceSeconds = this.#facts.graceSeconds() ?? this.#input.options.graceSeconds;
    if (graceSeconds !== undefined) return { seconds: graceSeconds, atLeast: 0 };
    const spec = probe === "startup" ? container.startupProbe : container.livenessProbe;
    const ofPod = graceOf(this.#facts.pod);
    const own = probe === undefined ? undefined : spec;
    const seconds = numberAt(own ?? {}, "terminationGracePeriodSeconds", ofPod);
    return { seconds, atLeast: LEAST_GRACE_S };
  }

  #reach({ container }: ContainerAt, running: RunningContainer): Reach {
    const { networkNamespace, ip } = this.#facts.sandbox();
    const { engine, journey } = this.#input;
    const { kubernetes, runtime } = journey.world;
    return {
      ...{ container, running, kubernetes: kubernetes.slice(1) },
      // A daemon speaks as the kubelet's runtime does; an OCI runtime is one that containerd would have called.
      execRefused: (refusal) =>
        rpcError(engine.isRuntime ? refusal : wrapExecError(refusal, runtime.version)),
      networkNamespace: this.#facts.pod.spec.hostNetwork === true ? undefined : networkNamespace,
      podIP: ip ?? POD_IP,
    };
  }

  /** Refusals of the kubelet, then of the runtime's create call. */
  #request(plan: ContainerPlan, image: Image): StartRequest | undefined {
    const { at, kubelet, walk } = plan;
    const { events, report, pod, volumes } = this.#facts;
    const record = report.record(at.container.name);
    const refuse = (reason: string, message: string): undefined => {
      record.state = { waiting: { reason, message } };
      events.failed(at, message);
    };
    if (kubelet.waiting !== null) return refuse(kubelet.waiting.reason, kubelet.waiting.message);
    const { engine, journey } = this.#input;
    if (!isAsked(plan, journey.world) || (walk?.spec === null && !engine.isRuntime)) {
      const message = runtimeWords(walk?.error ?? "", at.container.name);
      return refuse("CreateContainerError", message);
    }
    const request = startRequest(plan, image, {
      ...{ pod, hostname: podHostname(pod), objects: this.#input.objects, volumes },
      ...{
        root: this.#facts.sandbox().root,
        data: this.#input.place.data,
        fieldValues: runtimeFieldValues(pod, this.#input.network),
      },
      ...{ world: journey.world, memory: this.#input.memory },
    });
    if (!("refusal" in request)) return request;
    return refuse("CreateContainerConfigError", request.refusal);
  }

  #startOnce(
    plan: ContainerPlan,
    record: ContainerRecord,
    request: StartRequest,
    attempt: number,
  ): RunningContainer {
    const { options, onOutput, onSent, place } = this.#input;
    const attachment = attempt === 0 ? this.#attachmentOf(request.name) : undefined;
    if (attempt > 0) {
      clearTerminationMessage(place.data, request.name);
      this.#facts.events.imageAgain(plan.at);
    }
    const held = heldOutput((stream, bytes, time) => {
      onOutput(request.name, stream, bytes, { attempt, time });
    });
    this.#held.set(request.name, held);
    const spec = plan.walk?.spec ?? null;
    const sandbox = this.#facts.sandbox();
    const { root } = sandbox;
    const places = options.probe ? triedPlaces(plan.at.container, request, { spec, root }) : [];
    const write: HeldOutput["write"] = (stream, bytes, time) => {
      record.logs.add(bytes);
      held.write(stream, bytes, time);
    };
    const running = sandbox.startContainer({
      ...{ ...request, attempt, probe: options.probe, output: write },
      ...(options.probe ? { tries: triesAt(places) } : {}),
      ...(onSent === undefined ? {} : { sent: onSent }),
      ...(attachment === undefined ? {} : { attached: attachment.attached }),
      lost: (bytes) => {
        record.lostLog += bytes;
        write("stderr", Buffer.from(`secctx: ${lostLogHere(bytes)}\n`));
      },
    });
    // A runtime that fails tells of no start.
    running.started.catch(held.release);
    if (attachment !== undefined) follow(running, attachment);
    if (!options.probe) return running;
    const ended = Promise.all([running.ended, running.observed]).then(([exit, observed]) => {
      record.probe = probeOf(plan, { request, places, observed }, this.#facts.journey());
      return exit;
    });
    return {
      ...{ ...running, ended },
      signal: (name) => running.signal(name),
      abandon: () => running.abandon?.(),
      exec: (command, timeoutMs) => running.exec(command, timeoutMs),
      execWay: async () => running.execWay?.(),
    };
  }

  /** Whoever was attached to a container that has ended is attached to no later start. */
  #attachmentOf(name: string): Attachment | undefined {
    const { attachment } = this.#input;
    return attachment?.container === name ? attachment : undefined;
  }
}

function follow({ started, ended }: RunningContainer, attachment: Attachment): void {
  void started.then(
    (refusal) => refusal ?? attachment.started(),
    () => {},
  );
  const over = (): void => attachment.ended();
  void ended.then(over, over);
}
