// CRI's resources in Docker's HostConfig.
import type { LinuxContainerResources } from "../model/cri.ts";
import type { HostConfig } from "../model/docker.ts";

/** Memory and swap are the same, so that no container swaps. @see kubernetes v1.23.17 pkg/kubelet/dockershim/helpers_linux.go updateCreateConfig */
export function withContainerResources(
  hostConfig: HostConfig,
  resources: LinuxContainerResources,
): HostConfig {
  const number = (text: string | undefined): number => Number(text ?? 0);
  const memory = number(resources.memory_limit_in_bytes);
  return {
    ...hostConfig,
    Memory: memory,
    MemorySwap: memory,
    CpuShares: number(resources.cpu_shares),
    CpuQuota: number(resources.cpu_quota),
    CpuPeriod: number(resources.cpu_period),
    CpusetCpus: resources.cpuset_cpus ?? "",
    CpusetMems: resources.cpuset_mems ?? "",
    OomScoreAdj: number(resources.oom_score_adj),
  };
}
