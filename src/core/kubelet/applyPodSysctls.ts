// The node's own sysctls for every pod (defaultPodSysctls, alpha in 1.37), as far as the pod has namespaces of its own for them.
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { normalizeSysctlName } from "../rules/sysctlNames.ts";
import type { EffectiveContext } from "./effective.ts";

const IPC_SYSCTLS: ReadonlySet<string> = new Set([
  "kernel.msgmax",
  "kernel.msgmnb",
  "kernel.msgmni",
  "kernel.sem",
  "kernel.shmall",
  "kernel.shmmax",
  "kernel.shmmni",
  "kernel.shm_rmid_forced",
]);

/**
 * Names with dots → values; a sysctl of a namespace that the pod shares with the node is left out.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go applyPodSysctls
 */
export function applyPodSysctls(podLevel: EffectiveContext, world: World): Record<string, string> {
  const sysctls: Record<string, string> = {};
  const told = world.node.defaultPodSysctls;
  const names = Object.keys(told);
  if (names.length === 0 || !gateEnabled(world, "DefaultPodSysctls")) return sysctls;
  for (const name of names) {
    const normalized = normalizeSysctlName(name);
    if (isOwn(normalized, podLevel)) sysctls[normalized] = String(told[name]);
  }
  return sysctls;
}

function isOwn(name: string, podLevel: EffectiveContext): boolean {
  const { hostIPC, hostNetwork, hostUsers } = podLevel;
  if (IPC_SYSCTLS.has(name) || name.startsWith("fs.mqueue.")) return hostIPC?.value !== true;
  if (name.startsWith("net.")) return hostNetwork?.value !== true;
  if (name.startsWith("user.")) return hostUsers?.value === false;
  return name === "kernel.domainname" && hostNetwork?.value !== true;
}
