// The pod's containers in the kubelet's order: an init container that cannot be made holds up all that come after it.
import { containersOf, type EphemeralContainer, type Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { ensureImageExists } from "./ensureImageExists.ts";
import { failedEvent, imageEvents, noImageEvents, startEvents } from "./events.ts";
import { type ContainerTask, generateContainerConfig } from "./generateContainerConfig.ts";
import type { KubeletContainer } from "./kubelet.ts";
import { close, type Notes } from "./notes.ts";
import { isRefusal, type Refusal } from "./outcome.ts";
import type { StartedSandbox } from "./startSandbox.ts";

/**
 * Init containers are taken to end well, images to be there and the runtime to do as it is asked.
 * Ephemeral containers come to a running pod, so nothing holds them up.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod
 */
export function syncPod(
  pod: Pod,
  sandbox: StartedSandbox,
  world: World,
  notes: Notes,
): KubeletContainer[] {
  const answers: KubeletContainer[] = [];
  let heldUp = false;
  for (const [index, container] of containersOf(pod.spec).entries()) {
    const { kind } = container;
    const { name } = container.container;
    if (heldUp && kind !== "ephemeral") {
      answers.push({ name, kind, config: null, waiting: null, notReached: "PodInitializing" });
      continue;
    }
    const target = targetOf(container.container);
    const task = { pod, container, sandbox, target, at: `/containers/${index}` };
    const answer = startContainer(task, answers, world, notes);
    answers.push(answer);
    if (answer.config === null && (kind === "init" || kind === "sidecar")) heldUp = true;
  }
  return answers;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer */
function startContainer(
  task: ContainerTask,
  before: readonly KubeletContainer[],
  world: World,
  notes: Notes,
): KubeletContainer {
  const { container } = task;
  const { kind } = container;
  const { name } = container.container;
  const noImage = ensureImageExists(container.container, world);
  if (noImage !== undefined) {
    notes.events.push(...noImageEvents(container, noImage));
    return { name, kind, config: null, waiting: noImage };
  }
  notes.events.push(...imageEvents(container, world));
  const made = missingTarget(task, before) ?? generateContainerConfig(task, world, notes);
  if (isRefusal(made)) {
    close(notes, made, name);
    notes.events.push(failedEvent(container, made.refusal));
    const waiting = { reason: "CreateContainerConfigError", message: made.refusal };
    return { name, kind, config: null, waiting };
  }
  notes.events.push(...startEvents(container, world));
  const answer = { name, kind, config: made.config, waiting: null };
  return made.lacksImageUser ? { ...answer, unknown: ["image.user"] } : answer;
}

function targetOf(container: EphemeralContainer): string | undefined {
  const target = container.targetContainerName ?? "";
  return target === "" ? undefined : target;
}

/** The target must have been created. */
function missingTarget(
  task: ContainerTask,
  before: readonly KubeletContainer[],
): Refusal | undefined {
  const { target, container } = task;
  if (target === undefined || container.kind !== "ephemeral") return undefined;
  if (before.some(({ name, config }) => name === target && config !== null)) return undefined;
  return {
    refusal: `unable to find target container ${target}`,
    gate: "targetContainer",
    path: [...container.path, "targetContainerName"],
  };
}

/** No container was come to. */
export function notStarted(pod: Pod): KubeletContainer[] {
  const initializes = (pod.spec.initContainers ?? []).length > 0;
  return containersOf(pod.spec).map(({ kind, container }) => ({
    name: container.name,
    kind,
    config: null,
    waiting: null,
    notReached:
      initializes && kind !== "ephemeral"
        ? ("PodInitializing" as const)
        : ("ContainerCreating" as const),
  }));
}
