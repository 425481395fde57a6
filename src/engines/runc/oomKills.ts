// Whether the kernel ended a process of a container since its memory was at its limit: containerd's reason OOMKilled.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OciSpec } from "../../core/model/oci.ts";
import type { CgroupPlan } from "./cgroups.ts";

export interface OomKills {
  /** Call it when the container has ended. */
  happened(exitCode: number): boolean;
}

/**
 * The container's own count is there as long as its group is. Where the runtime has removed that, the pod's count tells,
 * which in the v2 tree is that of all below; a count that rose belongs to a container that was killed.
 * @param id the container's
 * @param isKept the runtime leaves the container's group
 */
export function watchOomKills(cgroups: CgroupPlan, id: string, isKept: boolean): OomKills {
  const pod = cgroups.groupOf("memory");
  if (pod === undefined) return { happened: () => false };
  if (isKept) return { happened: () => countIn(join(pod, id), cgroups) > 0 };
  if (!cgroups.isUnified) return { happened: () => false };
  const before = countIn(pod, cgroups);
  return { happened: (exitCode) => exitCode === 137 && countIn(pod, cgroups) > before };
}

export function hasMemoryLimit({ linux }: OciSpec): boolean {
  const memory = linux?.resources?.["memory"] as { readonly limit?: number } | undefined;
  return memory?.limit !== undefined;
}

function countIn(directory: string, { isUnified }: CgroupPlan): number {
  const file = join(directory, isUnified ? "memory.events" : "memory.oom_control");
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
