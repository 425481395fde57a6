// Sysctls of a sandbox: those of the pod, and two of containerd's own for pods with a network of their own.
// @see containerd v2.1.9 internal/cri/server/podsandbox/sandbox_run_linux.go sandboxContainerSpec
import type { Facts } from "./facts.ts";
import { change, type SpecOpt } from "./specDraft.ts";

export const UNPRIVILEGED_PORT = "net.ipv4.ip_unprivileged_port_start";
export const PING_GROUPS = "net.ipv4.ping_group_range";

interface Sandbox {
  readonly hostNetwork: boolean;
  readonly hasUserns: boolean;
  readonly facts: Facts;
}

/** Any uid may then listen below port 1024 and send pings. The pod's own values win, in dotted spelling only. */
export function withSysctls(asked: Readonly<Record<string, string>>, sandbox: Sandbox): SpecOpt {
  return change(({ linux }) => {
    linux.sysctl = { ...addedSysctls(asked, sandbox), ...asked };
  });
}

export function addedSysctls(
  asked: Readonly<Record<string, string>>,
  { hostNetwork, hasUserns, facts }: Sandbox,
): Record<string, string> {
  const added: Record<string, string> = {};
  if (hostNetwork) return added;
  const { node, runtime } = facts.world;
  const { config } = runtime;
  const { unprivilegedPortsAndIcmp: usual } = facts.release;
  if ((config.enableUnprivilegedPorts ?? usual) && !Object.hasOwn(asked, UNPRIVILEGED_PORT)) {
    added[UNPRIVILEGED_PORT] = "0";
  }
  const icmp = (config.enableUnprivilegedIcmp ?? usual) && !hasUserns && !node.inUserNamespace;
  if (icmp && !Object.hasOwn(asked, PING_GROUPS)) added[PING_GROUPS] = "0 2147483647";
  return added;
}
