// Refuses sysctls but those that are namespaced and known to be safe.
import type { Versioned } from "../../model/version.ts";
import { type Check, offenceWith, type Refusal } from "../check.ts";
import { inPodSecurityContext, listOf, type PodView, textOf } from "../podView.ts";

const ALLOWED_1_0 = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_unprivileged_port_start",
] as const;
const ALLOWED_1_27 = [...ALLOWED_1_0, "net.ipv4.ip_local_reserved_ports"] as const;
const ALLOWED_1_29 = [
  ...ALLOWED_1_27,
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
] as const;
const ALLOWED_1_32 = [...ALLOWED_1_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"] as const;
const ALLOWED_1_37 = [
  ...ALLOWED_1_32,
  "net.ipv4.tcp_slow_start_after_idle",
  "net.ipv4.tcp_notsent_lowat",
] as const;
const ALLOWED: Versioned<readonly string[]> = [
  { since: "v1.0", value: ALLOWED_1_0 },
  { since: "v1.27", value: ALLOWED_1_27 },
  { since: "v1.29", value: ALLOWED_1_29 },
  { since: "v1.32", value: ALLOWED_1_32 },
  { since: "v1.37", value: ALLOWED_1_37 },
];

export const sysctls: Check = {
  id: "sysctls",
  level: "baseline",
  restricts: [{ fields: ["spec.securityContext.sysctls[*].name"], allowed: ALLOWED }],
  versions: ALLOWED.map(({ since, value }) => ({
    since,
    value: (pod) => checkSysctls(pod, value),
  })),
};

/** @see pod-security-admission v0.37.2 policy/check_sysctls.go sysctls */
function checkSysctls(pod: PodView, allowed: readonly string[]): Refusal | undefined {
  const list = listOf(pod.securityContext?.sysctls);
  let bad: number[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    if (allowed.includes(nameOf(list[index]))) continue;
    bad ??= [];
    bad.push(index);
  }
  if (bad === undefined) return undefined;
  const path = inPodSecurityContext("sysctls");
  const kept = list.filter((item) => allowed.includes(nameOf(item)));
  const change = { path, from: list, to: kept.length === 0 ? undefined : kept };
  return {
    reason: "forbidden sysctls",
    detail: bad.map((index) => nameOf(list[index])).join(", "),
    offences: bad.map((index) => offenceWith([...path, index, "name"], [change])),
  };
}

/** The name is compared as written: `kernel/shm_rmid_forced` is not in the list. */
function nameOf(item: unknown): string {
  return textOf((item as { name?: unknown } | null | undefined)?.name);
}
