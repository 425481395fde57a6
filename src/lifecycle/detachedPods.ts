// Pods that run in the background, as other calls of secctx find them by what was written down.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../core/model/json.ts";
import type { ObjectMeta, Pod } from "../core/model/pod.ts";
import { goQuote } from "../core/rules/goText.ts";
import { isLeftover } from "../engines/podPlace.ts";
import { EngineError } from "../node/errors.ts";
import { namesIfThere } from "../node/ifThere.ts";
import { removeTree } from "../node/removeTree.ts";
import { type DetachedPod, detachedRoot, MANIFEST } from "./detachedRecord.ts";
import { logFolder } from "./logs/logFiles.ts";
import { loggedStatuses } from "./logs/validateContainerLogStatus.ts";
import { type Deletion, podWithStatus } from "./podStatus.ts";
import { type RecordedEvent, readEvents } from "./recordedEvents.ts";

/** One that was found on disk. */
export interface FoundPod extends DetachedPod {
  /** Its secctx lives. */
  readonly isRunning: boolean;
}

/** The pod with its status, as the API would show it. */
export function apiPodOf({
  id,
  name,
  namespace,
  status,
  containers,
  deletion,
}: FoundPod): JsonObject {
  const pod = manifestOf(id) ?? {
    metadata: { name, namespace },
    spec: { containers: containers.map((one) => ({ name: one })) },
  };
  const metadata: ObjectMeta & Partial<Deletion> = { ...pod.metadata, ...deletion };
  return podWithStatus({ ...pod, metadata }, status);
}

/** undefined: an older secctx wrote none. */
function manifestOf(id: string): Pod | undefined {
  try {
    return JSON.parse(readFileSync(join(detachedRoot(), id, MANIFEST), "utf8")) as Pod;
  } catch {
    return undefined;
  }
}

/** The newest first. */
export function listPods(): FoundPod[] {
  const found: FoundPod[] = [];
  for (const id of namesIfThere(detachedRoot())) {
    const pod = readPod(id);
    if (pod !== undefined) found.push(pod);
  }
  return found.sort((a, b) => b.startTime.localeCompare(a.startTime));
}

/** undefined: not yet written, or removed just now. */
export function readPod(id: string): FoundPod | undefined {
  try {
    const pod = JSON.parse(
      readFileSync(join(detachedRoot(), id, "pod.json"), "utf8"),
    ) as DetachedPod;
    return { ...pod, isRunning: !isLeftover(id) };
  } catch {
    return undefined;
  }
}

/** As kubectl takes it. */
const RESOURCE = /^(?:po|pods?)\//;

/**
 * By name, `namespace/name`, `pod/name` or id.
 * @param namespace where it has to be; undefined: anywhere
 * @throws EngineError unless exactly one is meant; of several with one name the only one that runs
 */
export function findPod(name: string, namespace?: string): FoundPod {
  const asked = name.replace(RESOURCE, "");
  const there = listPods().filter((pod) => namespace === undefined || pod.namespace === namespace);
  const named = there.filter(
    ({ id, name: own, namespace }) => own === asked || [id, `${namespace}/${own}`].includes(name),
  );
  const running = named.filter(({ isRunning }) => isRunning);
  const candidates = running.length > 0 ? running : named.slice(0, 1);
  const [pod] = candidates;
  if (pod === undefined) {
    throw new EngineError(
      `pods ${goQuote(name)} not found: secctx ps lists those that run --detach started${ofOthers()}`,
    );
  }
  if (candidates.length === 1) return pod;
  const ids = candidates.map(({ id }) => id).join(", ");
  throw new EngineError(`${candidates.length} pods are called ${name}: ${ids}`);
}

/** Each user sees its own: whoever started a pod by sudo has to ask so, too. */
export function ofOthers(): string {
  return process.getuid?.() === 0 ? "" : "; sudo secctx ps lists those of root";
}

/**
 * A pod's name is taken as long as one of that name runs in the background.
 * @throws EngineError in the API server's words
 */
export function checkIsNew({ name, namespace }: Pick<DetachedPod, "name" | "namespace">): void {
  const taken = listPods().find(
    (pod) => pod.isRunning && pod.name === name && pod.namespace === namespace,
  );
  if (taken === undefined) return;
  throw new EngineError(`pods ${goQuote(name)} already exists: secctx stop ${taken.id} ends it`);
}

/**
 * The container that is meant, else the pod's own choice.
 * @throws EngineError in kubectl's words when the pod has no such container
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/util/podcmd/podcmd.go FindOrDefaultContainerByName
 */
export function findContainer(pod: FoundPod, wanted: string | undefined): string {
  const { name, containers } = pod;
  const found = wanted ?? pod.defaultContainer;
  if (containers.includes(found)) return found;
  throw new EngineError(
    `container ${found} is not valid for pod ${name} out of: ${allContainerNames(pod)}`,
  );
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/util/podcmd/podcmd.go AllContainerNames */
export function allContainerNames({ containers, status }: FoundPod): string {
  const init = loggedStatuses({ ...status, containerStatuses: [] }).map(({ name }) => name);
  return containers.map((name) => (init.includes(name) ? `${name} (init)` : name)).join(", ");
}

/** The latest last. */
export function eventsOf({ id }: Pick<FoundPod, "id">): RecordedEvent[] {
  return readEvents(join(detachedRoot(), id));
}

/** Where the logs of a container lie. */
export function logsOf({ id }: Pick<FoundPod, "id">, container: string): string {
  return logFolder(join(detachedRoot(), id), container);
}

/** Removes what is written of a pod that runs no more. */
export function forgetPod({ id }: Pick<FoundPod, "id">): void {
  removeTree(join(detachedRoot(), id));
}

/** Removes what is written of all pods that run no more. @param kept ids of those that a daemon may still run @returns their ids */
export function forgetEndedPods(kept: ReadonlySet<string>): string[] {
  const ended = namesIfThere(detachedRoot()).filter((id) => isLeftover(id) && !kept.has(id));
  for (const id of ended) forgetPod({ id });
  return ended;
}
