// What dockerd does differently from release to release, and what every release starts from.
// @see moby v20.10.24, v26.1.5, v28.5.2 (the releases of which recordings exist)
import type { OciDeviceCgroup, OciMount, OciNamespace } from "../model/oci.ts";
import type { Release } from "../model/version.ts";

export interface DockerRelease {
  readonly ociVersion: string;
  /** The last capability that this release has heard of. */
  readonly lastCapability: string;
  /** It asks the kernel which capabilities it has itself; otherwise it takes all that it knows. */
  readonly detectsCapabilities: boolean;
  /** The user is looked up first, and one who is not root has his capabilities in the bounding set alone. */
  readonly userDecidesCapabilities: boolean;
  /** Not being able to load its AppArmor profile for want of apparmor_parser: refused, or AppArmor left alone. */
  readonly withoutAppArmorParser: "refuses" | "runs unconfined";
  /** The command that fails when the profile has to be loaded again, without apparmor_parser. */
  readonly appArmorLoad: string;
  /** `seccomp=builtin` is a word. */
  readonly builtinSeccomp: boolean;
  /** A privileged container gets a seccomp profile that is asked for by name or content. */
  readonly privilegedSeccomp: boolean;
  /** Flags, listener and default errno of a seccomp profile are read. */
  readonly wholeSeccompProfile: boolean;
  /** `writable-cgroups` is a security option. */
  readonly writableCgroups: boolean;
  /** Modes of namespaces are looked at when the container is created. */
  readonly validatesModes: boolean;
  /** In `PidMode` the container's name is what follows the colon, whatever stands before. */
  readonly loosePidMode: boolean;
  /** `container:a:b` joins a container called `a:b`. */
  readonly colonInNetworkName: boolean;
  /** Host networking keeps a network namespace in the spec, with the path of the host's. */
  readonly hostNetworkByPath: boolean;
  /** Read-only binds are read-only all the way down, where kernel and OCI runtime can. */
  readonly recursiveReadOnly: boolean;
  /** The default device rules stand in the spec twice, and those of a container after them. */
  readonly repeatsDeviceRules: boolean;
  /** Mounts for IPC and tmpfs come before all others of the same depth. */
  readonly ipcMountsFirst: boolean;
  /** `net.ipv4.conf.eth0.…` is refused: it belongs to the endpoint. */
  readonly interfaceSysctls: "passed" | "refused";
  /** A MAC address does not go with the network of another container or the host. */
  readonly refusesMacAddress: boolean;
  readonly maskedPaths: readonly string[];
  readonly masksThermalThrottle: boolean;
  readonly words: {
    readonly invalidContainerNetwork: string;
    readonly invalidTmpfsOption: string;
    /** A container whose namespace is to be joined is not there: `error` says so. */
    readonly networkNotFound: (error: string) => string;
    readonly ipcNotFound: (name: string, error: string) => string;
    readonly pidNotFound: (name: string, error: string) => string;
    /** It does not run, or keeps its IPC namespace to itself. */
    readonly networkNotRunning: (name: string) => string;
    readonly ipcNotRunning: (name: string) => string;
    readonly pidNotRunning: (name: string) => string;
    readonly privateIpc: (name: string) => string;
    /** In front of what the shim says, and behind it. */
    readonly createTask: string;
    readonly shimSuffix: string;
    /** The OCI runtime's init has died before its start: what the next step of dockerd says. */
    readonly initDied: "start" | "network namespace";
    /** An error with "is a directory" becomes a denied permission. */
    readonly directoryIsDenied: boolean;
  };
}

const MASKED_SINCE_EVER = [
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/sys/firmware",
] as const;
const SOUND_AND_ACPI = ["/proc/asound", "/proc/acpi"] as const;
const POWERCAP = "/sys/devices/virtual/powercap";

const PRIVATE_IPC = "non-shareable IPC (hint: use IpcMode:shareable for the donor container)";
const JOIN_IPC = "failed to join IPC namespace: ";
const JOIN_PID = "failed to join PID namespace: ";

const DOCKER_20_10: DockerRelease = {
  ociVersion: "1.0.2-dev",
  lastCapability: "CAP_AUDIT_READ",
  detectsCapabilities: false,
  userDecidesCapabilities: true,
  withoutAppArmorParser: "refuses",
  appArmorLoad: "apparmor_parser apparmor_parser --version",
  builtinSeccomp: false,
  privilegedSeccomp: false,
  wholeSeccompProfile: false,
  writableCgroups: false,
  validatesModes: false,
  loosePidMode: true,
  colonInNetworkName: false,
  hostNetworkByPath: true,
  recursiveReadOnly: false,
  repeatsDeviceRules: false,
  ipcMountsFirst: false,
  interfaceSysctls: "passed",
  refusesMacAddress: true,
  maskedPaths: [...SOUND_AND_ACPI, ...MASKED_SINCE_EVER],
  masksThermalThrottle: false,
  words: {
    invalidContainerNetwork: "Invalid network mode: invalid container format container:<name|id>",
    invalidTmpfsOption: "Invalid tmpfs option",
    networkNotFound: (error) => error,
    ipcNotFound: (name, error) => `can't join IPC of container ${name}: ${error}`,
    pidNotFound: (name, error) => `cannot join PID of a non running container: ${name}: ${error}`,
    networkNotRunning: (name) => `cannot join network of a non running container: ${name}`,
    ipcNotRunning: (name) =>
      `can't join IPC of container ${name}: Container ${name} is not running`,
    pidNotRunning: (name) => `Container ${name} is not running`,
    privateIpc: (name) => `can't join IPC of container ${name}: ${PRIVATE_IPC}`,
    createTask: "",
    shimSuffix: ": unknown",
    initDied: "start",
    directoryIsDenied: false,
  },
};

const DOCKER_26_1: DockerRelease = {
  ...DOCKER_20_10,
  ociVersion: "1.2.0",
  lastCapability: "CAP_CHECKPOINT_RESTORE",
  detectsCapabilities: true,
  userDecidesCapabilities: false,
  withoutAppArmorParser: "runs unconfined",
  appArmorLoad: "apparmor_parser apparmor_parser -Kr <PROFILE>",
  builtinSeccomp: true,
  wholeSeccompProfile: true,
  validatesModes: true,
  loosePidMode: false,
  hostNetworkByPath: false,
  recursiveReadOnly: true,
  repeatsDeviceRules: true,
  ipcMountsFirst: true,
  refusesMacAddress: false,
  maskedPaths: [...DOCKER_20_10.maskedPaths, POWERCAP],
  words: {
    ...DOCKER_20_10.words,
    invalidTmpfsOption: "invalid tmpfs option",
    ipcNotFound: (_name, error) => `${JOIN_IPC}${error}`,
    pidNotFound: (_name, error) => `${JOIN_PID}${error}`,
    ipcNotRunning: (name) => `${JOIN_IPC}container ${name} is not running`,
    pidNotRunning: (name) => `${JOIN_PID}container ${name} is not running`,
    privateIpc: (name) => `${JOIN_IPC}container ${name}: ${PRIVATE_IPC}`,
    createTask: "failed to create task for container: ",
    directoryIsDenied: true,
  },
};

const DOCKER_28_5: DockerRelease = {
  ...DOCKER_26_1,
  ociVersion: "1.2.1",
  privilegedSeccomp: true,
  writableCgroups: true,
  colonInNetworkName: true,
  interfaceSysctls: "refused",
  maskedPaths: [...SOUND_AND_ACPI, "/proc/interrupts", ...MASKED_SINCE_EVER, POWERCAP],
  masksThermalThrottle: true,
  words: {
    ...DOCKER_26_1.words,
    invalidContainerNetwork: "invalid network mode: invalid container format container:<name|id>",
    networkNotFound: (error) => `joining network namespace of container: ${error}`,
    networkNotRunning: (name) =>
      `cannot join network namespace of a non running container: container ${name} is exited`,
    shimSuffix: "",
    initDied: "network namespace",
  },
};

export const DOCKER_RELEASES: readonly [
  { readonly since: Release; readonly value: DockerRelease },
  ...{ readonly since: Release; readonly value: DockerRelease }[],
] = [
  { since: "20.10", value: DOCKER_20_10 },
  { since: "26.1", value: DOCKER_26_1 },
  { since: "28.5", value: DOCKER_28_5 },
];

/** @see moby v28.5.2 oci/caps/defaults.go DefaultCapabilities */
export const DOCKER_CAPABILITIES: readonly string[] = [
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

/** @see moby v28.5.2 oci/defaults.go DefaultLinuxSpec */
export const DOCKER_READONLY_PATHS: readonly string[] = [
  "/proc/bus",
  "/proc/fs",
  "/proc/irq",
  "/proc/sys",
  "/proc/sysrq-trigger",
];

export const DOCKER_NAMESPACES: readonly OciNamespace[] = [
  { type: "mount" },
  { type: "network" },
  { type: "uts" },
  { type: "pid" },
  { type: "ipc" },
];

export const DOCKER_MOUNTS: readonly OciMount[] = [
  mount("/proc", "proc", "proc", "nosuid noexec nodev"),
  mount("/dev", "tmpfs", "tmpfs", "nosuid strictatime mode=755 size=65536k"),
  mount("/dev/pts", "devpts", "devpts", "nosuid noexec newinstance ptmxmode=0666 mode=0620 gid=5"),
  mount("/sys", "sysfs", "sysfs", "nosuid noexec nodev ro"),
  mount("/sys/fs/cgroup", "cgroup", "cgroup", "ro nosuid noexec nodev"),
  mount("/dev/mqueue", "mqueue", "mqueue", "nosuid noexec nodev"),
  mount("/dev/shm", "tmpfs", "shm", "nosuid noexec nodev mode=1777"),
];

/** zero, null, urandom, random, tty and console are allowed, fuse is not. */
export const DOCKER_DEVICE_RULES: readonly OciDeviceCgroup[] = [
  { allow: false, access: "rwm" },
  device(true, 1, 5),
  device(true, 1, 3),
  device(true, 1, 9),
  device(true, 1, 8),
  device(true, 5, 0),
  device(true, 5, 1),
  device(false, 10, 229),
];

function mount(destination: string, type: string, source: string, options: string): OciMount {
  return { destination, type, source, options: options.split(" ") };
}

function device(allow: boolean, major: number, minor: number): OciDeviceCgroup {
  return { allow, type: "c", major, minor, access: "rwm" };
}
