// Sysctls of a container: with a network of its own any user may ping and open every port, and the request's come on top.
// @see moby v28.5.2 daemon/oci_linux.go withCommonOptions, WithSysctls
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { Facts } from "./facts.ts";
import { isPrivateNetwork } from "./modes.ts";
import type { CreateRequest } from "./request.ts";
import { change, type SpecOpt } from "./specDraft.ts";

const PING: Readonly<Record<string, string>> = { "net.ipv4.ping_group_range": "0 2147483647" };

/** What the kernel has of them. */
const DEFAULTS: ReleasedRows<Readonly<Record<string, string>>> = [
  { since: "3.0", value: PING },
  { since: "4.11", value: { ...PING, "net.ipv4.ip_unprivileged_port_start": "0" } },
];

export function defaultSysctls(
  { networkMode }: CreateRequest,
  { world }: Facts,
): Readonly<Record<string, string>> {
  return (isPrivateNetwork(networkMode) && atRelease(DEFAULTS, world.node.kernel)) || {};
}

export function withSysctls(request: CreateRequest, facts: Facts): SpecOpt {
  return change(({ linux }) => {
    linux.sysctl = { ...defaultSysctls(request, facts), ...request.sysctls };
  });
}
