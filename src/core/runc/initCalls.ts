// The system calls that an OCI runtime's init still makes when its seccomp filter is loaded, in their order, and what becomes of
// the container when the profile refuses one: measured on Linux 6.18 by refusing every call alone (tools/record/initCalls.ts).
// @see runc v1.3.6 libcontainer/standard_init_linux.go Init, init_linux.go finalizeNamespace
import type { ReleasedRows } from "../model/version.ts";
import type { Phase } from "./step.ts";

/** `%` in the text stands for the error. No text: the error is ignored, only a kill ends it. */
export interface InitCall {
  readonly name: string;
  readonly args?: readonly bigint[];
  readonly text?: string;
  /** Absent: create. */
  readonly phase?: Phase;
  /** Errors after which the init goes on. */
  readonly tolerates?: readonly number[];
  /**
   * Go's own threads make this call, and which of them gets there first is chance: what the runtime says in the other
   * outcomes ("": nothing, and the container ends at once). The outcome of `text` is the one seen most.
   */
  readonly races?: readonly string[];
  /** Only for a process whose uid is not the one that its standard streams belong to. */
  readonly nonRootOnly?: true;
}
/** `early`: without no_new_privs the filter is loaded before capabilities are dropped; `late`: with it, just before the exec. */
export interface InitCalls {
  readonly early: readonly InitCall[];
  readonly late: readonly InitCall[];
}

const EPERM = 1;
const ENOSYS = 38;
const PR_CAPBSET_DROP = 24n;
const PR_SET_KEEPCAPS = 8n;
const KEEP_CAPS = [PR_SET_KEEPCAPS, 1n, 0n, 0n, 0n, 0n];
const DROP_KEPT_CAPS = [PR_SET_KEEPCAPS, 0n, 0n, 0n, 0n, 0n];

/** What runc says of an init that is gone when it should be started. */
export const DEAD = "container process is already dead";
const RUNNING = "cannot start an already running container";

const RUNC_1_0_LATE: readonly InitCall[] = [
  { name: "futex", races: [RUNNING, DEAD, ""] },
  { name: "close", text: DEAD, phase: "start" },
  { name: "openat", text: DEAD, phase: "start" },
  { name: "write", text: RUNNING, phase: "start" },
  { name: "getpid", phase: "exec" },
  { name: "fstatfs", text: "ensure /proc/self/fd is on procfs: %", phase: "exec" },
  { name: "getdents64", text: "readdirent /proc/self/fd: %", phase: "exec" },
  { name: "epoll_ctl", phase: "exec" },
];
const RUNC_1_0: InitCalls = {
  early: [
    { name: "openat", text: "error closing exec fds: open /proc/self/fd: %" },
    {
      name: "fstatfs",
      text: "error closing exec fds: ensure /proc/self/fd is on procfs: %",
    },
    { name: "getdents64", text: "error closing exec fds: readdirent /proc/self/fd: %" },
    { name: "fcntl" },
    { name: "epoll_ctl" },
    { name: "chdir", text: 'chdir to cwd ("@cwd") set in config.json failed: %' },
    { name: "capget", text: "%" },
    { name: "read", text: "read /proc/self/status: %" },
    { name: "prctl", args: [PR_CAPBSET_DROP], text: "unable to apply bounding set: %" },
    { name: "prctl", args: KEEP_CAPS, text: "unable to set keep caps: %" },
    { name: "newfstatat", text: "unable to setup user: stat /dev/null: %" },
    { name: "fstat", text: "unable to setup user: fstat /dev/stdin: %" },
    {
      name: "fchown",
      text: "unable to setup user: chown /dev/stdin: %",
      tolerates: [EPERM],
      nonRootOnly: true,
    },
    { name: "setgroups", text: "unable to setup user: setgroups: %" },
    { name: "setgid", text: "unable to setup user: %" },
    { name: "setuid", text: "unable to setup user: %" },
    { name: "prctl", args: DROP_KEPT_CAPS, text: "unable to clear keep caps: %" },
    { name: "getcwd", text: "failed to verify if current working directory is safe: %" },
    { name: "capset", text: "unable to apply caps: %" },
    { name: "getppid", text: DEAD, phase: "start" },
    { name: "faccessat2", text: "exec @program: %", tolerates: [EPERM, ENOSYS] },
    ...RUNC_1_0_LATE,
  ],
  late: RUNC_1_0_LATE,
};

const RUNC_1_3_LATE: readonly InitCall[] = [
  { name: "close", text: DEAD, phase: "start" },
  { name: "openat2", phase: "start" },
  { name: "openat", text: DEAD, phase: "start" },
  { name: "fcntl", phase: "start" },
  { name: "fstatfs", text: DEAD, phase: "start" },
  { name: "fstat", text: DEAD, phase: "start" },
  { name: "statx", text: DEAD, phase: "start" },
  { name: "write", text: RUNNING, phase: "start" },
  {
    name: "getdents64",
    text: "readdirent fsmount:fscontext:proc/thread-self/fd/: %",
    phase: "exec",
  },
];
const RUNC_1_3: InitCalls = {
  early: [
    { name: "close_range" },
    { name: "chdir", text: 'chdir to cwd ("@cwd") set in config.json failed: %' },
    { name: "fcntl" },
    { name: "epoll_ctl" },
    { name: "openat", text: "open /proc/sys/kernel/cap_last_cap: %" },
    { name: "read", text: "read /proc/sys/kernel/cap_last_cap: %" },
    { name: "capget", text: "unable to get capability version from the kernel: %" },
    { name: "prctl", args: [PR_CAPBSET_DROP], text: "unable to apply bounding set: %" },
    { name: "getpid" },
    { name: "fstat", text: "unable to setup user: fstat /dev/stdin: %" },
    {
      name: "fchown",
      text: "unable to setup user: chown /dev/stdin: %",
      tolerates: [EPERM],
      nonRootOnly: true,
    },
    { name: "openat2" },
    { name: "fstatfs", text: "unable to setup user: fstatfs fsmount:fscontext:proc: %" },
    {
      name: "statx",
      text: "unable to setup user: reopen fsmount:fscontext:proc/self/setgroups: check safety of /proc/thread-self/fd/8 magiclink: get root mount id: statx(STATX_MNT_ID_...) fsmount:fscontext:proc/: could not get mount id: %",
    },
    { name: "setgroups", text: "unable to setup user: setgroups: %" },
    { name: "setgid", text: DEAD, phase: "start" },
    { name: "setuid", text: DEAD, phase: "start" },
    { name: "getcwd", text: "failed to verify if current working directory is safe: %" },
    { name: "capset", text: "unable to apply caps: can't apply capabilities: %" },
    { name: "getppid", text: DEAD, phase: "start" },
    { name: "newfstatat", text: 'exec: "@program": stat @program: %' },
    { name: "faccessat2", text: 'exec: "@program": %', tolerates: [EPERM, ENOSYS] },
    { name: "futex", text: DEAD, phase: "start", races: [""] },
    ...RUNC_1_3_LATE,
  ],
  late: RUNC_1_3_LATE,
};

export const RUNC_INIT_CALLS: ReleasedRows<InitCalls> = [
  { since: "1.0", value: RUNC_1_0 },
  { since: "1.3", value: RUNC_1_3 },
];

/** What crun says of an init that was killed. */
export const CRUN_DEAD = "read from the init process";

export const CRUN_INIT_CALLS: InitCalls = {
  early: [
    { name: "rt_sigaction", text: "sigaction: %" },
    { name: "rt_sigprocmask", text: "sigprocmask: %" },
    { name: "close" },
    { name: "prctl", args: [PR_CAPBSET_DROP], text: "prctl drop bounding: %" },
    { name: "setresgid", text: "setresgid to `@gid`: %" },
    { name: "setresuid", text: "setresuid to `@uid`: %" },
    { name: "capset", text: "capset: %" },
    { name: "write", text: CRUN_DEAD },
  ],
  late: [],
};
