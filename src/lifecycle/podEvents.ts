// The events of a running pod, in the words of the kubelet of the world's release.
import { failedEvent, type KubeEvent, startEvents } from "../core/kubelet/events.ts";
import { formatPod } from "../core/kubelet/formatPod.ts";
import type { ContainerAt, Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type { ImageAnswer } from "../images/images.ts";

/** An event with what it is about: `pod/dac`, `spec.containers{demo}`. */
export interface PodEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly object: string;
}

/** Writes the events of one pod down and passes them on. */
export class PodEvents {
  readonly all: PodEvent[] = [];
  readonly #pod: Pod;
  readonly #world: World;
  readonly #pass: (event: PodEvent) => void;

  constructor(pod: Pod, world: World, pass: (event: PodEvent) => void) {
    this.#pod = pod;
    this.#world = world;
    this.#pass = pass;
  }

  add({ type, reason, message, fieldPath }: KubeEvent): void {
    const object = fieldPath ?? `pod/${this.#pod.metadata?.name ?? ""}`;
    const event = { type, reason, message, object };
    this.all.push(event);
    this.#pass(event);
  }

  /** What the image manager says, and for a failure what its caller adds. */
  image(at: ContainerAt, answer: ImageAnswer): void {
    const fieldPath = fieldPathOf(at);
    for (const event of answer.events) this.add({ ...event, fieldPath });
    if (answer.failure !== undefined) this.add(failedEvent(at, answer.failure.reason));
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

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff */
  backOff(at: ContainerAt): void {
    const name = at.container.name;
    const message = `Back-off restarting failed container ${name} in pod ${formatPod(this.#pod, this.#world)}`;
    this.add({ type: "Warning", reason: "BackOff", message, fieldPath: fieldPathOf(at) });
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer */
  killing(at: ContainerAt): void {
    const message = `Stopping container ${at.container.name}`;
    this.add({ type: "Normal", reason: "Killing", message, fieldPath: fieldPathOf(at) });
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod */
  sandboxFailed(message: string): void {
    this.add({
      type: "Warning",
      reason: "FailedCreatePodSandBox",
      message: `Failed to create pod sandbox: rpc error: code = Unknown desc = ${message}`,
    });
  }
}

function fieldPathOf({ path, container }: ContainerAt): string {
  return `spec.${path[1]}{${container.name}}`;
}
