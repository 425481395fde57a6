// The events of a running pod, in the words of the kubelet of the world's release.
import { failedEvent, imageEvents, type KubeEvent, startEvents } from "../core/kubelet/events.ts";
import { formatPod } from "../core/kubelet/formatPod.ts";
import type { ContainerAt, Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type { ImageAnswer } from "../images/images.ts";
import { goDuration } from "./probes/goDuration.ts";

/** An event with what it is about: `pod/dac`, `spec.containers{demo}`. */
export interface PodEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly object: string;
  /** Whose word it is; absent: the kubelet's. */
  readonly source?: string;
}

/** Writes the events of one pod down and passes them on. */
export class PodEvents {
  readonly all: PodEvent[] = [];
  /** Of containers whose turn has not come: what is to be told then. */
  readonly #waiting = new Map<string, (() => void)[]>();
  /** Images that this pod has pulled. */
  readonly #pulled = new Set<string>();
  readonly #pod: Pod;
  readonly #world: World;
  readonly #pass: (event: PodEvent) => void;

  constructor(pod: Pod, world: World, pass: (event: PodEvent) => void) {
    this.#pod = pod;
    this.#world = world;
    this.#pass = pass;
  }

  add({ type, reason, message, fieldPath }: KubeEvent): void {
    const tell = (): void =>
      this.#tell({ type, reason, message, object: fieldPath ?? this.#ofPod() });
    if (fieldPath === undefined) tell();
    else this.#inTurn(fieldPath, tell);
  }

  /**
   * Containers start side by side here, and the kubelet starts one after the other: what one has to tell waits until those
   * before it have started.
   */
  holdUntil(at: ContainerAt, before: Promise<unknown>): void {
    const key = fieldPathOf(at);
    this.#waiting.set(key, []);
    const release = (): void => {
      const told = this.#waiting.get(key) ?? [];
      this.#waiting.delete(key);
      for (const one of told) one();
    };
    before.then(release, release);
  }

  /** Does it once everything is told that has happened to the container. */
  afterThose(at: ContainerAt, action: () => void): void {
    this.#inTurn(fieldPathOf(at), action);
  }

  #inTurn(key: string, action: () => void): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) action();
    else waiting.push(action);
  }

  /** @see kubernetes v1.37.2 pkg/scheduler/schedule_one.go handleSchedulingFailure */
  unscheduled(message: string): void {
    const source = "default-scheduler";
    const reason = "FailedScheduling";
    this.#tell({ type: "Warning", reason, message, object: this.#ofPod(), source });
  }

  #tell(event: PodEvent): void {
    this.all.push(event);
    this.#pass(event);
  }

  #ofPod(): string {
    return `pod/${this.#pod.metadata?.name ?? ""}`;
  }

  /** What the image manager says, and for a failure what its caller adds. */
  image(at: ContainerAt, answer: ImageAnswer): void {
    const fieldPath = fieldPathOf(at);
    const { image = "", imagePullPolicy } = at.container;
    const wasPulled = this.#pulled.has(image) && imagePullPolicy !== "Always";
    const isPresent = wasPulled || answer.events.every(({ reason }) => reason === "Pulled");
    if (answer.image !== undefined && isPresent) {
      this.imageAgain(at);
      return;
    }
    if (answer.image !== undefined) this.#pulled.add(image);
    for (const event of answer.events) this.add({ ...event, fieldPath });
    if (answer.failure !== undefined) this.add(failedEvent(at, answer.failure.reason));
  }

  /** Before another start; how long it would take to pull the image again is not known here. */
  imageAgain(at: ContainerAt): void {
    if (at.container.imagePullPolicy === "Always") return;
    for (const event of imageEvents(at, this.#world)) this.add(event);
  }

  started(at: ContainerAt): void {
    for (const event of startEvents(at, this.#world)) this.add(event);
  }

  /** The runtime made the container and could not start it. */
  notStarted(at: ContainerAt, message: string): void {
    const [created] = startEvents(at, this.#world);
    if (created !== undefined) this.add(created);
    this.failed(at, message);
  }

  failed(at: ContainerAt, message: string): void {
    this.add(failedEvent(at, message));
  }

  /**
   * @returns why the status shows the container waiting
   * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff
   */
  backOff(at: ContainerAt, seconds: number): { reason: string; message: string } {
    const { name } = at.container;
    const pod = this.podName;
    const message = `Back-off restarting failed container ${name} in pod ${pod}`;
    this.about(at, { type: "Warning", reason: "BackOff", message });
    return {
      reason: "CrashLoopBackOff",
      message: `back-off ${goDuration(seconds)} restarting failed container=${name} pod=${pod}`,
    };
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer */
  killing(at: ContainerAt, message = `Stopping container ${at.container.name}`): void {
    this.about(at, { type: "Normal", reason: "Killing", message });
  }

  /** An event of one container. */
  about(at: ContainerAt, event: Omit<KubeEvent, "fieldPath">): void {
    this.add({ ...event, fieldPath: fieldPathOf(at) });
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/active_deadline.go ShouldEvict */
  deadlineExceeded(): { reason: string; message: string } {
    const reason = "DeadlineExceeded";
    const message = "Pod was active on the node longer than the specified deadline";
    this.add({ type: "Normal", reason, message });
    return { reason, message };
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/eviction/eviction_manager.go evictPod */
  evicted(message: string): { reason: string; message: string } {
    const reason = "Evicted";
    this.add({ type: "Warning", reason, message });
    return { reason, message };
  }

  /** As the kubelet names the pod in messages. */
  get podName(): string {
    return formatPod(this.#pod, this.#world);
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod */
  sandboxFailed(message: string, code: string): void {
    this.add({
      type: "Warning",
      reason: "FailedCreatePodSandBox",
      message: `Failed to create pod sandbox: rpc error: code = ${code} desc = ${message}`,
    });
  }
}

function fieldPathOf({ path, container }: ContainerAt): string {
  return `spec.${path[1]}{${container.name}}`;
}
