// How willingly the kernel ends a container's processes when memory is short: 1000 first, -997 last.
import { type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { memoryBytes, requirementsOf } from "../rules/resourceList.ts";
import { getPodQOS } from "./getPodQOS.ts";
import { podLevelResources } from "./podResources.ts";

const GUARANTEED = -997;
const BEST_EFFORT = 1000;

/**
 * @param capacity bytes of the node's memory
 * @see kubernetes v1.37.2 pkg/kubelet/qos/policy.go GetContainerOOMScoreAdjust
 */
export function getContainerOOMScoreAdjust(
  pod: Pod,
  at: ContainerAt,
  { world, capacity }: { readonly world: World; readonly capacity: number },
): number {
  if (pod.spec["priorityClassName"] === "system-node-critical") return GUARANTEED;
  const qos = getPodQOS(pod, world);
  if (qos === "Guaranteed") return GUARANTEED;
  if (qos === "BestEffort") return BEST_EFFORT;
  const share = remainingPodMemReqPerContainer(pod, world);
  const score = (bytes: number): number => 1000 - Math.trunc((1000 * (bytes + share)) / capacity);
  const own = score(requested(at));
  // A sidecar is ended no sooner than those whom it serves.
  const adjust = at.kind === "sidecar" ? Math.min(own, score(minRegularContainerMemory(pod))) : own;
  if (adjust < 1000 + GUARANTEED) return 1000 + GUARANTEED;
  return adjust === BEST_EFFORT ? adjust - 1 : adjust;
}

function requested({ container }: ContainerAt): number {
  return memoryBytes(requirementsOf(container.resources).requests);
}

/** What the pod itself requests beyond its containers. @see policy.go remainingPodMemReqPerContainer */
function remainingPodMemReqPerContainer(pod: Pod, world: World): number {
  const own = podLevelResources(pod, world);
  if (own === undefined) return 0;
  const containers = containersOf(pod.spec).filter(
    ({ kind }) => kind === "container" || kind === "sidecar",
  );
  const used = containers.reduce((sum, at) => sum + requested(at), 0);
  const left = Math.max(0, memoryBytes(own.requests) - used);
  return Math.trunc(left / Math.max(1, containers.length));
}

function minRegularContainerMemory({ spec }: Pod): number {
  const regular = containersOf(spec).filter(({ kind }) => kind === "container");
  return Math.min(...regular.map(requested));
}
