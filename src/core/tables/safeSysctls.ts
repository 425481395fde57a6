// The sysctls that the kubelet lets every pod set, with the release that added each and the kernel from which it is namespaced.
import type { KubeMinor, Release } from "../model/version.ts";

export interface SafeSysctl {
  readonly name: string;
  readonly since: KubeMinor;
  /** On an older kernel the kubelet drops it from the list, in the releases that look at the kernel. */
  readonly kernel?: Release;
}

/** @see kubernetes v1.37.2 pkg/kubelet/sysctl/safe_sysctls.go safeSysctls */
export const SAFE_SYSCTLS: readonly SafeSysctl[] = [
  { name: "kernel.shm_rmid_forced", since: "v1.0" },
  { name: "net.ipv4.ip_local_port_range", since: "v1.0" },
  { name: "net.ipv4.tcp_syncookies", since: "v1.0" },
  { name: "net.ipv4.ping_group_range", since: "v1.18" },
  { name: "net.ipv4.ip_unprivileged_port_start", since: "v1.22" },
  { name: "net.ipv4.ip_local_reserved_ports", since: "v1.27", kernel: "3.16" },
  { name: "net.ipv4.tcp_keepalive_time", since: "v1.29", kernel: "4.5" },
  { name: "net.ipv4.tcp_fin_timeout", since: "v1.29", kernel: "4.6" },
  { name: "net.ipv4.tcp_keepalive_intvl", since: "v1.29", kernel: "4.5" },
  { name: "net.ipv4.tcp_keepalive_probes", since: "v1.29", kernel: "4.5" },
  { name: "net.ipv4.tcp_rmem", since: "v1.32", kernel: "4.15" },
  { name: "net.ipv4.tcp_wmem", since: "v1.32", kernel: "4.15" },
  { name: "net.ipv4.tcp_slow_start_after_idle", since: "v1.37", kernel: "4.15" },
  { name: "net.ipv4.tcp_notsent_lowat", since: "v1.37", kernel: "4.6" },
];
