// The pod's own control group: what its containers together may use, where the kubelet limits the pod as a whole.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LinuxContainerResources } from "../../core/model/cri.ts";
import { EngineError } from "../../node/errors.ts";
import type { CgroupPlan } from "./cgroups.ts";

/**
 * Shares are left as they are: they weigh a pod against the node's other pods, and here are none, only what else this
 * machine does.
 * @throws EngineError where the kernel refuses
 */
export function limitPod(
  { groupOf, isUnified }: CgroupPlan,
  { cpu_quota: quota, cpu_period: period, memory_limit_in_bytes: limit }: LinuxContainerResources,
): void {
  const [cpu, memory] = [groupOf("cpu"), groupOf("memory")];
  if (quota !== undefined && period !== undefined && cpu !== undefined) {
    if (isUnified) put(cpu, "cpu.max", `${quota} ${period}`);
    else {
      put(cpu, "cpu.cfs_period_us", period);
      put(cpu, "cpu.cfs_quota_us", quota);
    }
  }
  if (limit !== undefined && memory !== undefined) {
    put(memory, isUnified ? "memory.max" : "memory.limit_in_bytes", limit);
  }
}

function put(directory: string, file: string, text: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, file), text);
  } catch (error) {
    throw new EngineError(`cannot limit the pod: ${(error as Error).message}`);
  }
}
