// What a pod as a whole requests and may use: the sum of what runs at once, or what the pod itself says.
import type { JsonObject } from "../model/json.ts";
import { containersOf, type Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import {
  addLists,
  maxLists,
  type Requirements,
  type ResourceList,
  requirementsOf,
} from "../rules/resourceList.ts";

const NONE: ResourceList = new Map();

/** The pod's own, where the release knows them: @see https://kep.k8s.io/2837 */
export function podLevelResources(pod: Pod, world: World): Requirements | undefined {
  const own = pod.spec["resources"] as JsonObject | undefined;
  if (own === undefined || own === null || !gateEnabled(world, "PodLevelResources"))
    return undefined;
  const told = requirementsOf(own);
  if (told.requests.size === 0) return undefined;
  // What the pod does not request is what its containers do, where they do.
  const asked = Object.keys((own["requests"] ?? {}) as JsonObject);
  const requests = new Map(told.requests);
  for (const [name, amount] of aggregate(pod, "requests")) {
    if (!asked.includes(name)) requests.set(name, amount);
  }
  return { requests, limits: told.limits };
}

/** @see kubernetes v1.37.2 component-helpers/resource/helpers.go PodRequests, PodLimits */
export function podResources(pod: Pod, world: World): Requirements {
  const own = podLevelResources(pod, world);
  const overhead = requirementsOf({ limits: (pod.spec["overhead"] ?? {}) as JsonObject }).limits;
  const requests = over(aggregate(pod, "requests"), own?.requests);
  const limits = over(aggregate(pod, "limits"), own?.limits);
  // An overhead makes no limit where there was none.
  const limited = [...overhead].filter(([name]) => (limits.get(name) ?? 0n) > 0n);
  return { requests: addLists(requests, overhead), limits: addLists(limits, new Map(limited)) };
}

function over(list: ResourceList, own: ResourceList = NONE): ResourceList {
  return new Map([...list, ...own]);
}

/**
 * Containers and sidecars run at once; an init container runs beside the sidecars that come before it.
 * @see kubernetes v1.37.2 component-helpers/resource/helpers.go AggregateContainerRequests
 */
function aggregate(pod: Pod, which: keyof Requirements): ResourceList {
  let running = NONE;
  let sidecars = NONE;
  let initial = NONE;
  for (const { kind, container } of containersOf(pod.spec)) {
    const list = requirementsOf(container.resources)[which];
    if (kind === "container") running = addLists(running, list);
    if (kind === "sidecar") {
      running = addLists(running, list);
      sidecars = addLists(sidecars, list);
      initial = maxLists(initial, sidecars);
    }
    if (kind === "init") initial = maxLists(initial, addLists(list, sidecars));
  }
  return maxLists(running, initial);
}
