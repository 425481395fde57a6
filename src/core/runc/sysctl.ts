// runc's gate on sysctls: each must belong to a namespace that the container does not share with the host.
// @see runc v1.3.6 libcontainer/configs/validate/validator.go sysctl
import type { OciNamespace, OciSpec } from "../model/oci.ts";
import { goQuote } from "../rules/goText.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

export const IPC_SYSCTLS: ReadonlySet<string> = new Set([
  "kernel.msgmax",
  "kernel.msgmnb",
  "kernel.msgmni",
  "kernel.sem",
  "kernel.shmall",
  "kernel.shmmax",
  "kernel.shmmni",
  "kernel.shm_rmid_forced",
]);

/** runc looks at them in the random order of Go's maps; here in that of the spec. */
export function sysctl({ spec }: StepInput): Refusal | undefined {
  for (const key of Object.keys(spec.linux?.sysctl ?? {})) {
    const message = judge(convertSysctlVariableToDotsSeparator(key), spec);
    if (message !== undefined) return refuse(message, "linux", "sysctl", key);
  }
  return undefined;
}

/** `net/ipv4/conf/eth0.1/x` → `net.ipv4.conf.eth0/1.x`: the first separator tells which spelling it is. */
export function convertSysctlVariableToDotsSeparator(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== "/") return name;
  return name.replace(/[./]/g, (separator) => (separator === "/" ? "." : "/"));
}

function judge(name: string, spec: OciSpec): string | undefined {
  if (IPC_SYSCTLS.has(name) || name.startsWith("fs.mqueue.")) {
    if (namespace(spec, "ipc") !== undefined) return undefined;
    return `sysctl ${goQuote(name)} is not allowed in the hosts ipc namespace`;
  }
  if (name.startsWith("net.")) {
    const network = namespace(spec, "network");
    if (network !== undefined && !isHostNetNS(network.path)) return undefined;
    return `sysctl ${goQuote(name)} not allowed in host network namespace`;
  }
  const hasUts = namespace(spec, "uts") !== undefined;
  if (hasUts && name === "kernel.domainname") return undefined;
  if (hasUts && name === "kernel.hostname") {
    return `sysctl ${goQuote(name)} is not allowed as it conflicts with the OCI "hostname" field`;
  }
  return `sysctl ${goQuote(name)} is not in a separate kernel namespace`;
}

function namespace(spec: OciSpec, type: OciNamespace["type"]): OciNamespace | undefined {
  return spec.linux?.namespaces?.find((one) => one.type === type);
}

/** The host's, by the names that it has; the last one is where dockerd keeps it. */
const HOST_NET_NS: ReadonlySet<string> = new Set([
  "/proc/1/ns/net",
  "/proc/self/ns/net",
  "/var/run/docker/netns/default",
]);

/** The runtime's own network namespace, as far as a path can tell. */
function isHostNetNS(path: string | undefined): boolean {
  return path !== undefined && HOST_NET_NS.has(path);
}
