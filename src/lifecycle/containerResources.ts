// The resources of a pod's containers: computed as the kubelet does, put into each engine's document, and what of them cannot be held here.
import { restrictOOMScoreAdj, withResources } from "../core/containerd/withResources.ts";
import { withContainerResources } from "../core/dockershim/containerResources.ts";
import { generateLinuxContainerResources } from "../core/kubelet/calculateLinuxResources.ts";
import type { LinuxContainerResources } from "../core/model/cri.ts";
import { type ContainerAt, containersOf, type Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import { requirementsOf } from "../core/rules/resourceList.ts";
import type { ContainerRequest, Engine } from "../engines/engine.ts";
import type { MemoryFacts } from "../node/memory.ts";

export interface ResourceContext {
  readonly pod: Pod;
  readonly world: World;
  readonly memory: MemoryFacts;
}

type Documents = Pick<ContainerRequest, "cri" | "spec" | "docker">;

/** The kubelet tells what it wants; a runtime that may not lower an OOM score gives what it has. */
export function withContainerLimits(
  { cri, spec, docker }: Documents,
  at: ContainerAt,
  { pod, world, memory }: ResourceContext,
): Documents {
  const { capacity } = memory;
  const asked = generateLinuxContainerResources(pod, at, { world, capacity });
  const given = memory.mayLowerOomScoreAdj ? asked : restricted(asked, memory);
  return {
    cri: { ...cri, resources: asked },
    spec: spec && withResources(spec, given, memory),
    docker: docker && {
      ...docker,
      hostConfig: withContainerResources(docker.hostConfig, given),
    },
  };
}

function restricted(
  resources: LinuxContainerResources,
  { oomScoreAdj }: MemoryFacts,
): LinuxContainerResources {
  const preferred = Number(resources.oom_score_adj ?? 0);
  return { ...resources, oom_score_adj: String(restrictOOMScoreAdj(preferred, oomScoreAdj)) };
}

/** Whatever the engine is: nobody counts what containers write into their own layer and their logs. */
const NOT_COUNTED = {
  "ephemeral-storage":
    "a kubelet evicts a pod that writes more, secctx looks at emptyDir volumes with a sizeLimit only",
};

/** What of the pod's resources this machine cannot hold, a sentence each; to be told before anything starts. */
export function resourcesNotHeld(
  { pod, world, memory }: ResourceContext,
  { notLimited = {}, isRuntime }: Pick<Engine, "notLimited" | "isRuntime">,
): string[] {
  const sentences: string[] = [];
  const unheld: Readonly<Record<string, string>> = { ...notLimited, ...NOT_COUNTED };
  for (const name of ["cpu", "memory", "ephemeral-storage"]) {
    const why = unheld[name];
    const limited = containersOf(pod.spec).filter(({ container }) =>
      requirementsOf(container.resources).limits.has(name),
    );
    if (why === undefined || limited.length === 0) continue;
    sentences.push(`limits.${name} of ${names(limited)} is not held: ${why}`);
  }
  const { capacity, oomScoreAdj, mayLowerOomScoreAdj } = memory;
  // What goes to CRI goes as it is: the runtime answers for itself.
  const isCri = isRuntime && world.runtime.name === "containerd";
  if (mayLowerOomScoreAdj || isCri) return sentences;
  const below = containersOf(pod.spec).filter((at) => {
    const asked = generateLinuxContainerResources(pod, at, { world, capacity });
    return Number(asked.oom_score_adj ?? 0) < oomScoreAdj;
  });
  if (below.length > 0) {
    sentences.push(
      `oom_score_adj of ${names(below)} stays ${oomScoreAdj}: lowering it needs CAP_SYS_RESOURCE, which this machine does not give`,
    );
  }
  return sentences;
}

function names(containers: readonly ContainerAt[]): string {
  return containers.map(({ container }) => container.name).join(", ");
}
