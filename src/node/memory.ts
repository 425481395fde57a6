// What of this machine's memory and OOM killer bears on a container's resources.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { textIfThere } from "./ifThere.ts";
import type { HostFacts } from "./node.ts";

export interface MemoryFacts {
  /** Bytes of memory: the kubelet's machine capacity. */
  readonly capacity: number;
  /** Swap is counted by cgroup. */
  readonly hasSwap: boolean;
  /** oom_score_adj of secctx itself. */
  readonly oomScoreAdj: number;
  /** secctx may give a process a lower one than its own. */
  readonly mayLowerOomScoreAdj: boolean;
}

/** @param root another root directory than `/`, for tests */
export function readMemory({ cgroup, ids, node }: HostFacts, root = ""): MemoryFacts {
  const kilobytes = /^MemTotal:\s*(\d+) kB$/m.exec(textIfThere(`${root}/proc/meminfo`))?.[1];
  const memory = cgroup.controllers["memory"];
  return {
    capacity: Number(kilobytes ?? 0) * 1024,
    hasSwap:
      memory === undefined
        ? existsSync(join(root, cgroup.unified ?? "", ownGroup(root), "memory.swap.max"))
        : existsSync(join(root, memory, "memory.memsw.limit_in_bytes")),
    oomScoreAdj: Number(textIfThere(`${root}/proc/self/oom_score_adj`)),
    // The kernel asks for that of the host.
    mayLowerOomScoreAdj:
      ids === undefined && node.capabilities?.includes("CAP_SYS_RESOURCE") !== false,
  };
}

/** In the v2 tree. */
function ownGroup(root: string): string {
  return /^0::(.*)$/m.exec(textIfThere(`${root}/proc/self/cgroup`))?.[1] ?? "";
}
