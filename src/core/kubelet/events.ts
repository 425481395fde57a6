// The events that the kubelet writes on a pod's way to its start, in the words of each release.
import type { ContainerAt } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";
import type { Waiting } from "./kubelet.ts";

export interface KubeEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{name}`; absent for the pod. */
  readonly fieldPath?: string;
}

interface Texts {
  readonly present: string;
  readonly created: (name: string) => string;
  readonly started: (name: string) => string;
}

/**
 * @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go EnsureImageExists
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer
 */
const TEXTS: Versioned<Texts> = [
  {
    since: "v1.0",
    value: {
      present: "already present on machine",
      created: (name) => `Created container ${name}`,
      started: (name) => `Started container ${name}`,
    },
  },
  {
    since: "v1.29",
    value: {
      present: "already present on machine",
      created: (name) => `Created container: ${name}`,
      started: (name) => `Started container ${name}`,
    },
  },
  {
    since: "v1.35",
    value: {
      present: "already present on machine and can be accessed by the pod",
      created: () => "Container created",
      started: () => "Container started",
    },
  },
];

/** The image is taken to be there, or to be pulled without trouble; how long a pull takes is left out. */
export function imageEvents(container: ContainerAt, world: World): KubeEvent[] {
  const { imagePullPolicy } = container.container;
  const image = container.container.image ?? "";
  const fieldPath = fieldPathOf(container);
  const pulled = (message: string): KubeEvent => {
    return { type: "Normal", reason: "Pulled", message, fieldPath };
  };
  if (imagePullPolicy === "Always") {
    const message = `Pulling image ${goQuote(image)}`;
    return [
      { type: "Normal", reason: "Pulling", message, fieldPath },
      pulled(`Successfully pulled image ${goQuote(image)}`),
    ];
  }
  const present = at(TEXTS, world.kubernetes)?.present ?? "";
  return [pulled(`Container image ${goQuote(image)} ${present}`)];
}

export function startEvents(container: ContainerAt, world: World): KubeEvent[] {
  const texts = at(TEXTS, world.kubernetes);
  if (texts === undefined) return [];
  const { name } = container.container;
  const fieldPath = fieldPathOf(container);
  return [
    { type: "Normal", reason: "Created", message: texts.created(name), fieldPath },
    { type: "Normal", reason: "Started", message: texts.started(name), fieldPath },
  ];
}

/** The image is not there and cannot come. */
export function noImageEvents(container: ContainerAt, { reason, message }: Waiting): KubeEvent[] {
  const fieldPath = fieldPathOf(container);
  return [{ type: "Warning", reason, message, fieldPath }, failedEvent(container, reason)];
}

/** A container that could not be made, tried again and again. */
export function failedEvent(container: ContainerAt, problem: string): KubeEvent {
  const fieldPath = fieldPathOf(container);
  return { type: "Warning", reason: "Failed", message: `Error: ${problem}`, fieldPath };
}

/** `spec.containers{name}` */
function fieldPathOf(container: ContainerAt): string {
  return `spec.${container.path[1]}{${container.container.name}}`;
}
