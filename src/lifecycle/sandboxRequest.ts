// The sandbox that a pod asks for: its host name, its hosts and resolv.conf, and what its containers share.

import { hostname as nodeName } from "node:os";
import { resourceConfigForPod } from "../core/kubelet/calculateLinuxResources.ts";
import type { LinuxPodSandboxConfig } from "../core/model/cri.ts";
import type { OciSpec } from "../core/model/oci.ts";
import type { Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type { DockerRequest, SandboxRequest } from "../engines/engine.ts";
import type { UserNetwork } from "../engines/userNetwork.ts";
import { textIfThere } from "../node/ifThere.ts";
import type { PreparedVolume } from "../volumes/volumes.ts";
import type { ContainerPlan } from "./plan.ts";
import { hostsFile, podHostname } from "./podHosts.ts";
import { resolvConf } from "./resolvConf.ts";

export interface SandboxFacts {
  readonly id: string;
  readonly pod: Pod;
  readonly cri: LinuxPodSandboxConfig;
  readonly spec: OciSpec;
  readonly docker: DockerRequest | null;
  readonly plans: readonly ContainerPlan[];
  readonly volumes: readonly PreparedVolume[];
  readonly world: World;
  readonly network?: UserNetwork | undefined;
}

export function sandboxRequest(facts: SandboxFacts): SandboxRequest {
  const { id, pod, cri, spec, docker, plans, volumes, world, network } = facts;
  const hostname = podHostname(pod);
  return {
    ...{ id, hostname, cri, spec, docker },
    dns: {
      resolvConf: resolvConf(pod, textIfThere("/etc/resolv.conf")),
      hosts: hostsFile(pod, network?.address ?? POD_IP, textIfThere("/etc/hosts")),
    },
    sharedProcessNamespace:
      hasOwnProcesses(spec) && plans.some(({ walk }) => joinsProcesses(walk?.spec ?? null)),
    resources: resourceConfigForPod(pod, world),
    tmpfs: volumes.flatMap(({ mount }) => (mount === undefined ? [] : [mount])),
    ...(network === undefined ? {} : { network }),
  };
}

/** The address of a pod without a network. */
export const POD_IP = "127.0.0.1";

/**
 * What variables are told beside what files are told too.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go podFieldSelectorRuntimeValue
 */
export function runtimeFieldValues(
  { spec }: Pod,
  network?: UserNetwork,
): Readonly<Record<string, string>> {
  const { address = POD_IP } = network ?? {};
  return {
    "spec.nodeName": nodeName(),
    "spec.serviceAccountName": spec.serviceAccountName || "default",
    "status.hostIP": address,
    "status.hostIPs": address,
    "status.podIP": address,
    "status.podIPs": address,
  };
}

/** A sandbox in the host's process namespace shares that one. */
function hasOwnProcesses(sandbox: OciSpec): boolean {
  return sandbox.linux?.namespaces?.some(({ type }) => type === "pid") === true;
}

function joinsProcesses(spec: OciSpec | null): boolean {
  return spec?.linux?.namespaces?.some(({ type, path }) => type === "pid" && path) === true;
}
