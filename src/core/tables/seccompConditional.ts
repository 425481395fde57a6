// The rules of the default seccomp profiles that have a condition: arguments, kernel, architecture or capabilities.
// @see containerd v1.6.20, v1.7.24, v2.1.9 contrib/seccomp/seccomp_default.go; moby v20.10.24, v26.1.5, v28.5.2 profiles/seccomp/default.json
import type { OciSeccompArg } from "../model/oci.ts";
import type { SeccompFilter } from "../model/seccompProfile.ts";
import type { Span } from "../model/version.ts";
import type { SpannedSyscall } from "./seccompAllowed.ts";

/** A rule of a default profile; `names` as in ALLOWED_SYSCALLS, the span is that of the whole rule. Allows unless `errnoRet`. */
export interface ProfileRow extends Span {
  readonly names: readonly (string | SpannedSyscall)[];
  readonly errnoRet?: number;
  readonly args?: readonly OciSeccompArg[];
  readonly includes?: SeccompFilter;
  readonly excludes?: SeccompFilter;
}

const ALWAYS: Span = {};
const ENOSYS = 38;
const AF_VSOCK = 40;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const CLONE_NAMESPACES = 0x7e020000;
const S390 = ["s390", "s390x"];

function equal(value: number): OciSeccompArg[] {
  return [{ index: 0, value, op: "SCMP_CMP_EQ" }];
}

function withoutNamespaces(index: number): OciSeccompArg[] {
  return [{ index, value: CLONE_NAMESPACES, op: "SCMP_CMP_MASKED_EQ" }];
}

const NOT_VSOCK: readonly OciSeccompArg[] = [{ index: 0, value: AF_VSOCK, op: "SCMP_CMP_NE" }];

/** PER_LINUX, PER_BSD, UNAME26, both, and the query. */
const PERSONALITIES: readonly ProfileRow[] = [0x0, 0x8, 0x20000, 0x20008, 0xffffffff].map(
  (persona) => ({ names: ["personality"], args: equal(persona) }),
);

const PTRACE: ProfileRow = {
  names: [
    { name: "process_vm_readv", containerd: { since: "1.7" }, docker: { since: "26.1" } },
    { name: "process_vm_writev", containerd: { since: "1.7" }, docker: { since: "26.1" } },
    "ptrace",
  ],
  includes: { minKernel: "4.8" },
};

const ARCH_ROWS = {
  ppc64le: {
    names: [
      "sync_file_range2",
      { name: "swapcontext", containerd: ALWAYS, docker: { since: "26.1" } },
    ],
    includes: { arches: ["ppc64le"] },
  },
  arm: {
    names: ["arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls"],
    includes: { arches: ["arm", "arm64"] },
  },
  s390: {
    names: ["s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr"],
    includes: { arches: S390 },
  },
} as const satisfies Record<string, ProfileRow>;

/** By capability, in the order of both programs. */
export const BY_CAPABILITY: readonly (readonly [string, ProfileRow["names"]])[] = [
  ["CAP_DAC_READ_SEARCH", ["open_by_handle_at"]],
  [
    "CAP_SYS_ADMIN",
    [
      "bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie",
      { name: "lsm_get_self_attr", docker: { since: "28.5" } },
      { name: "lsm_list_modules", docker: { since: "28.5" } },
      { name: "lsm_set_self_attr", docker: { since: "28.5" } },
      "mount mount_setattr move_mount",
      { name: "name_to_handle_at", containerd: { until: "1.7" }, docker: { until: "26.1" } },
      "open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog",
      "umount umount2 unshare",
    ],
  ],
  ["CAP_SYS_BOOT", ["reboot"]],
  ["CAP_SYS_CHROOT", ["chroot"]],
  ["CAP_SYS_MODULE", ["delete_module init_module finit_module"]],
  ["CAP_SYS_PACCT", ["acct"]],
  [
    "CAP_SYS_PTRACE",
    ["kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"],
  ],
  ["CAP_SYS_RAWIO", ["iopl ioperm"]],
  [
    "CAP_SYS_TIME",
    [
      "settimeofday stime clock_settime",
      { name: "clock_settime64", containerd: ALWAYS, docker: { since: "26.1" } },
    ],
  ],
  ["CAP_SYS_TTY_CONFIG", ["vhangup"]],
  [
    "CAP_SYS_NICE",
    [
      "get_mempolicy mbind set_mempolicy",
      {
        name: "set_mempolicy_home_node",
        containerd: { since: "1.7" },
        docker: { since: "26.1" },
      },
    ],
  ],
  ["CAP_SYSLOG", ["syslog"]],
  ["CAP_BPF", [{ name: "bpf", containerd: ALWAYS, docker: { since: "26.1" } }]],
  ["CAP_PERFMON", [{ name: "perf_event_open", containerd: ALWAYS, docker: { since: "26.1" } }]],
];

/** containerd's rows behind the allowed syscalls; BY_CAPABILITY follows in the order of the bounding set. */
export const CONTAINERD_ROWS: readonly ProfileRow[] = [
  { names: ["socket"], args: NOT_VSOCK, since: "1.7" },
  ...PERSONALITIES,
  PTRACE,
  ARCH_ROWS.ppc64le,
  ARCH_ROWS.arm,
  { names: ["arch_prctl modify_ldt"], includes: { arches: ["amd64"] } },
  { names: ["modify_ldt"], includes: { arches: ["x86"] } },
  ARCH_ROWS.s390,
  { names: ["riscv_flush_icache"], includes: { arches: ["riscv64"] } },
];

/** What stands in for the rules of CAP_SYS_ADMIN without it: threads and forks, but no new namespaces. */
const WITHOUT_SYS_ADMIN: readonly ProfileRow[] = [
  {
    names: ["clone"],
    args: withoutNamespaces(0),
    excludes: { caps: ["CAP_SYS_ADMIN"], arches: S390 },
  },
  {
    names: ["clone"],
    args: withoutNamespaces(1),
    includes: { arches: S390 },
    excludes: { caps: ["CAP_SYS_ADMIN"] },
  },
  { names: ["clone3"], errnoRet: ENOSYS, excludes: { caps: ["CAP_SYS_ADMIN"] } },
];

/** containerd's last rows. */
export const CONTAINERD_LAST_ROWS: readonly ProfileRow[] = WITHOUT_SYS_ADMIN;

/** Docker's rows behind the allowed syscalls, in their order. */
export const DOCKER_ROWS: readonly ProfileRow[] = [
  PTRACE,
  { names: ["socket"], args: NOT_VSOCK, since: "26.1" },
  ...PERSONALITIES,
  ARCH_ROWS.ppc64le,
  ARCH_ROWS.arm,
  { names: ["arch_prctl"], includes: { arches: ["amd64", "x32"] } },
  { names: ["modify_ldt"], includes: { arches: ["amd64", "x32", "x86"] } },
  ARCH_ROWS.s390,
  { names: ["riscv_flush_icache"], includes: { arches: ["riscv64"] }, since: "26.1" },
  ...BY_CAPABILITY.flatMap(([capability, names]): ProfileRow[] => {
    const row = { names, includes: { caps: [capability] } };
    return capability === "CAP_SYS_ADMIN" ? [row, ...WITHOUT_SYS_ADMIN] : [row];
  }),
];
