// What containerd's CRI plugin does differently from release to release; each release is written as its change to the one before.
// Releases between the recorded ones (1.6, 1.7, 2.1) follow containerd's release notes.
import type { Release } from "../model/version.ts";

export interface ContainerdRelease {
  readonly ociVersion: string;
  /** Of containerd's own default spec: a sandbox keeps them. */
  readonly maskedPaths: readonly string[];
  /** Options of the sandbox's bind mounts (/dev/shm, /etc/resolv.conf). */
  readonly sandboxBindOptions: readonly string[];
  /** The sandbox has the default tmpfs on /dev/shm below its bind mount. */
  readonly sandboxKeepsDefaultShm: boolean;
  /** /sys of a privileged sandbox. */
  readonly privilegedSandboxSysfs: "ro" | "rw";
  /** userns_options are honoured; otherwise ignored without a word. */
  readonly userNamespaces: boolean;
  /** Who makes the network namespace of a pod with a user namespace. */
  readonly usernsNetworkBy: "containerd" | "runc";
  /** Whose groups a container gets that takes its user from the image. */
  readonly groupsOfImageUser: "image user" | "root";
  /** supplemental_groups_policy is honoured; otherwise every policy is Merge. */
  readonly supplementalGroupsPolicy: boolean;
  /** Defaults of enable_unprivileged_ports and enable_unprivileged_icmp. */
  readonly unprivilegedPortsAndIcmp: boolean;
  /** A number beyond 2147483647 as user or group. */
  readonly idOutOfRange: "is a name" | "refused";
  /** The system call that fails when /etc/passwd or /etc/group is missing. */
  readonly userFileCall: "open" | "stat";
  /** Id mappings of a CRI mount. */
  readonly idmapMounts: "ignored" | "refused" | "applied";
  /** recursive_read_only of a CRI mount is honoured. */
  readonly recursiveReadOnly: boolean;
  /** Where the cgroup namespace stands among the namespaces. */
  readonly cgroupNamespace: "before user" | "after user";
  /** The owner of the container's output is mapped before the start, and must be mappable. */
  readonly mapsIoOwner: boolean;
  readonly words: {
    /** In front of what refuses a sandbox that has its network. */
    readonly startSandbox: string;
    readonly sandboxSpecOptions: string;
    /** In front of what refuses a container's spec options. */
    readonly specOpts: string;
    readonly emptyTarget: string;
    /** Behind an error of the shim. */
    readonly shimSuffix: string;
    /** How the shim names the root filesystem that it could not mount. */
    readonly mountRootfs: (mountLabel: string) => string;
  };
}

const V1_6: ContainerdRelease = {
  ociVersion: "1.0.2-dev",
  maskedPaths: [
    "/proc/acpi",
    "/proc/asound",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/sys/firmware",
    "/proc/scsi",
  ],
  sandboxBindOptions: ["rbind", "ro"],
  sandboxKeepsDefaultShm: true,
  privilegedSandboxSysfs: "ro",
  userNamespaces: false,
  usernsNetworkBy: "runc",
  groupsOfImageUser: "root",
  supplementalGroupsPolicy: false,
  unprivilegedPortsAndIcmp: false,
  idOutOfRange: "is a name",
  userFileCall: "open",
  idmapMounts: "ignored",
  recursiveReadOnly: false,
  cgroupNamespace: "after user",
  mapsIoOwner: false,
  words: {
    startSandbox: "",
    sandboxSpecOptions: "failed to generate sanbdox container spec options",
    specOpts: "",
    emptyTarget: "Prefix can't be empty",
    shimSuffix: ": unknown",
    mountRootfs: (label) =>
      `failed to mount rootfs component &{overlay overlay [index=off workdir=<SNAPSHOT>/work upperdir=<SNAPSHOT>/fs lowerdir=<SNAPSHOT>/fs context="${label}"]}: invalid argument`,
  },
};

const V1_7: ContainerdRelease = {
  ...V1_6,
  ociVersion: "1.2.0",
  maskedPaths: [...V1_6.maskedPaths.slice(0, -1), "/sys/devices/virtual/powercap", "/proc/scsi"],
  sandboxBindOptions: ["rbind", "ro", "nosuid", "nodev", "noexec"],
  sandboxKeepsDefaultShm: false,
  userNamespaces: true,
  groupsOfImageUser: "image user",
  idmapMounts: "refused",
  words: {
    ...V1_6.words,
    sandboxSpecOptions: "failed to generate sandbox container spec options",
    emptyTarget: "prefix can't be empty",
  },
};

const V2_0: ContainerdRelease = {
  ...V1_7,
  usernsNetworkBy: "containerd",
  supplementalGroupsPolicy: true,
  unprivilegedPortsAndIcmp: true,
  idmapMounts: "applied",
  recursiveReadOnly: true,
  cgroupNamespace: "before user",
  words: {
    ...V1_7.words,
    startSandbox: 'failed to start sandbox "<ID>": ',
    specOpts: "failed to generate spec opts: ",
  },
};

const V2_1: ContainerdRelease = {
  ...V2_0,
  ociVersion: "1.2.1",
  privilegedSandboxSysfs: "rw",
  idOutOfRange: "refused",
  userFileCall: "stat",
  mapsIoOwner: true,
  words: {
    ...V2_0.words,
    shimSuffix: "",
    mountRootfs: (label) =>
      `failed to mount rootfs component: mount source: "overlay", target: "<BUNDLE>/rootfs", fstype: overlay, flags: 0, data: "workdir=<SNAPSHOT>/work,upperdir=<SNAPSHOT>/fs,lowerdir=<SNAPSHOT>/fs,index=off,context=\\"${label}\\"", err: invalid argument`,
  },
};

export const CONTAINERD_RELEASES: readonly [
  { readonly since: Release; readonly value: ContainerdRelease },
  ...{ readonly since: Release; readonly value: ContainerdRelease }[],
] = [
  { since: "1.6", value: V1_6 },
  { since: "1.7", value: V1_7 },
  { since: "2.0", value: V2_0 },
  { since: "2.1", value: V2_1 },
];

/** Capabilities of containerd's default spec, in its order. */
export const DEFAULT_CAPABILITIES: readonly string[] = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FSETID",
  "CAP_FOWNER",
  "CAP_MKNOD",
  "CAP_NET_RAW",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETFCAP",
  "CAP_SETPCAP",
  "CAP_NET_BIND_SERVICE",
  "CAP_SYS_CHROOT",
  "CAP_KILL",
  "CAP_AUDIT_WRITE",
];

export const DEFAULT_READONLY_PATHS: readonly string[] = [
  "/proc/bus",
  "/proc/fs",
  "/proc/irq",
  "/proc/sys",
  "/proc/sysrq-trigger",
];

/** Name under which containerd loads its own AppArmor profile. */
export const DEFAULT_APPARMOR_PROFILE = "cri-containerd.apparmor.d";

/** What the policies of distributions with container support say (contexts/lxc_contexts). */
export const DEFAULT_PROCESS_LABEL = "system_u:system_r:container_t:s0";
export const DEFAULT_FILE_LABEL = "system_u:object_r:container_file_t:s0";
