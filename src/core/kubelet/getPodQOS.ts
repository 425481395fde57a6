// The pod's class of service, which decides whom the kernel ends first when memory is short.
import { containersOf, type Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import {
  addLists,
  type Requirements,
  type ResourceList,
  requirementsOf,
} from "../rules/resourceList.ts";
import { podLevelResources } from "./podResources.ts";

export type PodQOSClass = "Guaranteed" | "Burstable" | "BestEffort";

const COMPUTE = ["cpu", "memory"];

/** @see kubernetes v1.37.2 pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS */
export function getPodQOS(pod: Pod, world: World): PodQOSClass {
  const own = podLevelResources(pod, world);
  const all = own === undefined ? ofContainers(pod) : [own];
  let requests: ResourceList = new Map();
  let limits: ResourceList = new Map();
  let isGuaranteed = true;
  for (const one of all) {
    const limited = computeOnly(one.limits);
    requests = addLists(requests, computeOnly(one.requests));
    limits = addLists(limits, limited);
    if (limited.size < COMPUTE.length) isGuaranteed = false;
  }
  if (requests.size === 0 && limits.size === 0) return "BestEffort";
  const areEqual =
    requests.size === limits.size &&
    [...requests].every(([name, amount]) => limits.get(name) === amount);
  return isGuaranteed && areEqual ? "Guaranteed" : "Burstable";
}

function ofContainers(pod: Pod): Requirements[] {
  return containersOf(pod.spec)
    .filter(({ kind }) => kind !== "ephemeral")
    .map(({ container }) => requirementsOf(container.resources));
}

/** Nothing of a resource is as if it were not there. */
function computeOnly(list: ResourceList): ResourceList {
  return new Map([...list].filter(([name, amount]) => COMPUTE.includes(name) && amount > 0n));
}
