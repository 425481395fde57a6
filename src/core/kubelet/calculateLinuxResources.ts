// A container's resources as the kubelet tells them to the runtime, and the pod's as it would write them into the pod's cgroup.
import type { LinuxContainerResources } from "../model/cri.ts";
import { type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import { at as rowAt, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { memoryBytes, milliCpu, requirementsOf } from "../rules/resourceList.ts";
import { getContainerOOMScoreAdjust } from "./getContainerOOMScoreAdjust.ts";
import { getPodQOS } from "./getPodQOS.ts";
import { podLevelResources, podResources } from "./podResources.ts";

/** Microseconds. */
const QUOTA_PERIOD = 100_000;
const MIN_QUOTA = 1000;
const MIN_SHARES = 2;
const MAX_SHARES = 262_144;

/** With cgroup v2 the kernel ends all processes of a container together. */
const OOM_GROUP: Versioned<boolean> = [{ since: "v1.28", value: true }];

/** @see kubernetes v1.37.2 pkg/kubelet/cm/helpers_linux.go MilliCPUToShares */
export function milliCPUToShares(milli: number): number {
  const shares = Math.trunc((milli * 1024) / 1000);
  return Math.min(Math.max(shares, MIN_SHARES), MAX_SHARES);
}

/** Microseconds of each period; 0: no limit. @see helpers_linux.go MilliCPUToQuota */
export function milliCPUToQuota(milli: number): number {
  if (milli === 0) return 0;
  return Math.max(Math.trunc((milli * QUOTA_PERIOD) / 1000), MIN_QUOTA);
}

/**
 * @param capacity bytes of the node's memory
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container_linux.go generateLinuxContainerResources
 */
export function generateLinuxContainerResources(
  pod: Pod,
  at: ContainerAt,
  { world, capacity }: { readonly world: World; readonly capacity: number },
): LinuxContainerResources {
  const { requests, limits } = requirementsOf(at.container.resources);
  const podLimits = podLevelResources(pod, world)?.limits;
  // A container without a limit of its own may use what its pod may.
  const memory = memoryBytes(limits) || memoryBytes(podLimits ?? new Map());
  const quota = milliCPUToQuota(milliCpu(limits) || milliCpu(podLimits ?? new Map()));
  const oomScoreAdj = getContainerOOMScoreAdjust(pod, at, { world, capacity });
  const asOne = world.node.cgroup === "v2" && rowAt(OOM_GROUP, world.kubernetes) === true;
  return {
    cpu_period: String(QUOTA_PERIOD),
    ...(quota === 0 ? {} : { cpu_quota: String(quota) }),
    cpu_shares: String(milliCPUToShares(milliCpu(requests))),
    ...(memory === 0 ? {} : { memory_limit_in_bytes: String(memory) }),
    ...(oomScoreAdj === 0 ? {} : { oom_score_adj: String(oomScoreAdj) }),
    ...(asOne ? { unified: { "memory.oom.group": "1" } } : {}),
  };
}

/**
 * A class below Guaranteed is limited as a whole only where each of its containers is.
 * @see kubernetes v1.37.2 pkg/kubelet/cm/helpers_linux.go ResourceConfigForPod
 */
export function resourceConfigForPod(pod: Pod, world: World): LinuxContainerResources {
  const { requests, limits } = podResources(pod, world);
  const own = podLevelResources(pod, world)?.limits;
  const all = containersOf(pod.spec)
    .filter(({ kind }) => kind !== "ephemeral")
    .map(({ container }) => requirementsOf(container.resources).limits);
  const qos = getPodQOS(pod, world);
  const isDeclared = (name: string): boolean =>
    qos === "Guaranteed" ||
    (qos === "Burstable" && ((own?.get(name) ?? 0n) > 0n || all.every((list) => list.get(name))));
  const shares = qos === "BestEffort" ? MIN_SHARES : milliCPUToShares(milliCpu(requests));
  const quota = isDeclared("cpu") ? milliCPUToQuota(milliCpu(limits)) : 0;
  const memory = isDeclared("memory") ? memoryBytes(limits) : 0;
  return {
    ...(quota === 0 ? {} : { cpu_period: String(QUOTA_PERIOD), cpu_quota: String(quota) }),
    cpu_shares: String(shares),
    ...(memory === 0 ? {} : { memory_limit_in_bytes: String(memory) }),
  };
}
