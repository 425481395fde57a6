// Draws OCI specs around a working one: every part that a runtime looks at for security, with good, odd and wrong values.
import fc from "fast-check";
import type { OciSpec } from "../../../src/core/model/oci.ts";

const CAPABILITIES = ["CAP_CHOWN", "CAP_NET_RAW", "CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETPCAP"];
const ODD_CAPABILITIES = ["cap_kill", "NET_RAW", "CAP_NOPE", "", "CAP_SYS_RESOURCE", "CAP_BPF"];
const IDS = [0, 1, 1000, 65534, 65535, 65536, 2147483647, 2147483648, 4294967294, 4294967295];
/** Calls that an init makes and others; futex is left out, since runc's answer to it is a race. */
const CALLS = [
  "mkdir",
  "getsid",
  "chdir",
  "capget",
  "capset",
  "setgroups",
  "setuid",
  "setgid",
].concat(
  ["setresuid", "setresgid", "prctl", "openat", "openat2", "fstat", "newfstatat", "statx", "write"],
  [
    "execve",
    "getppid",
    "getcwd",
    "faccessat2",
    "fstatfs",
    "getdents64",
    "read",
    "fchown",
    "clone3",
  ],
);
const ACTIONS = [
  "ERRNO",
  "ERRNO",
  "ERRNO",
  "ALLOW",
  "KILL_PROCESS",
  "LOG",
  "TRACE",
  "TRAP",
  "KILL",
];
const OPERATORS = ["NE", "LT", "EQ", "GT", "MASKED_EQ", "XX"].map((name) => `SCMP_CMP_${name}`);
/** Only ones that a network, IPC or UTS namespace keeps, or that are not there. */
const SYSCTLS = [
  "net.ipv4.ip_forward",
  "net.core.somaxconn",
  "net/ipv4/ip_forward",
  "net.ipv4.nope",
].concat(
  ["kernel.shmmax", "kernel.msgmax", "kernel.sem", "fs.mqueue.msg_max", "kernel.domainname"],
  ["kernel.hostname", "bogus.name", "kernel.nope", "net", ""],
);
const NAMESPACES = ["pid", "network", "ipc", "uts", "mount", "user", "cgroup"];

const id = fc.constantFrom(...IDS);
const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const capabilityList = fc.uniqueArray(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...CAPABILITIES) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_CAPABILITIES) },
  ),
  { maxLength: 5 },
);
const capabilities = fc.record(
  {
    bounding: capabilityList,
    effective: capabilityList,
    inheritable: capabilityList,
    permitted: capabilityList,
    ambient: capabilityList,
  },
  { requiredKeys: [] },
);

const action = fc.constantFrom(...ACTIONS.map((name) => `SCMP_ACT_${name}`), "SCMP_ACT_NOPE");
const errnoRet = fc.constantFrom(0, 1, 13, 38, 99, 4094, 4095, 5000);
const argument = fc.record(
  {
    index: fc.constantFrom(0, 0, 1, 2, 5, 6),
    value: fc.constantFrom(0, 1, 24, 4294967295),
    valueTwo: fc.constantFrom(0, 1),
    op: fc.constantFrom(...OPERATORS),
  },
  { requiredKeys: ["index", "value", "op"] },
);
const rule = fc.record(
  {
    names: fc.array(fc.constantFrom(...CALLS, ...CALLS, "nope_call"), {
      minLength: 1,
      maxLength: 3,
    }),
    action,
    errnoRet,
    args: fc.array(argument, { maxLength: 2 }),
  },
  { requiredKeys: ["names", "action"] },
);
const seccomp = fc.record(
  {
    defaultAction: fc.oneof(
      { weight: 8, arbitrary: fc.constant("SCMP_ACT_ALLOW") },
      { weight: 1, arbitrary: action },
    ),
    defaultErrnoRet: errnoRet,
    architectures: fc.constantFrom(
      ["SCMP_ARCH_X86_64"],
      ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
      ["X"],
    ),
    flags: fc.constantFrom([], ["SECCOMP_FILTER_FLAG_LOG"], ["NOPE"]),
    syscalls: fc.array(rule, { maxLength: 3 }),
  },
  { requiredKeys: ["defaultAction", "syscalls"] },
);

const mapping = fc.record({
  containerID: fc.constantFrom(0, 0, 0, 1000),
  hostID: fc.constantFrom(0, 100000, 4294967295),
  size: fc.constantFrom(0, 1, 1000, 65536),
});
const namespaces: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(NAMESPACES.slice(0, 5)) },
  { weight: 3, arbitrary: fc.subarray(NAMESPACES, { minLength: 1 }) },
  { weight: 1, arbitrary: fc.constant<readonly string[]>(["pid", "pid", "mount"]) },
);
const rlimit = fc.record({
  type: fc.constantFrom("RLIMIT_NOFILE", "RLIMIT_CORE", "RLIMIT_NOPE", "NOFILE"),
  hard: fc.constantFrom(0, 64, 1024, 4294967296),
  soft: fc.constantFrom(0, 64, 1024, 2048),
});
const MOUNTS = [
  { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755"] },
  { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["mode=1777"] },
  { destination: "/dev/mqueue", type: "mqueue", source: "mqueue" },
  { destination: "/sys", type: "sysfs", source: "sysfs", options: ["ro"] },
];
const path = fc.constantFrom(
  "/proc/kcore",
  "/proc/sys",
  "/nope",
  "proc/keys",
  "/tmp",
  "/sys/firmware",
);

/** A spec for the root file system `rootfs` that runs /bin/busybox true. */
export function ociSpecs(rootfs: string): fc.Arbitrary<OciSpec> {
  return fc
    .record({
      user: fc.record(
        { uid: id, gid: id, additionalGids: fc.array(id, { maxLength: 3 }) },
        { requiredKeys: ["uid", "gid"] },
      ),
      capabilities: optional(capabilities),
      noNewPrivileges: optional(fc.boolean()),
      rlimits: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.array(rlimit, { maxLength: 2 }) },
      ),
      seccomp: optional(seccomp),
      sysctl: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.dictionary(fc.constantFrom(...SYSCTLS), fc.constantFrom("1", "0", "x"), {
            maxKeys: 1,
          }),
        },
      ),
      namespaces,
      mappings: fc.array(mapping, { maxLength: 2 }),
      hostname: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constant("edge")),
      mounts: fc.subarray(MOUNTS),
      readonly: optional(fc.boolean()),
      maskedPaths: fc.array(path, { maxLength: 2 }),
      readonlyPaths: fc.array(path, { maxLength: 2 }),
      cwd: fc.oneof(
        { weight: 9, arbitrary: fc.constant("/") },
        fc.constantFrom("/tmp", "/new", "rel", ""),
      ),
    })
    .map(({ namespaces: types, mappings, mounts, readonly, ...of }) => {
      const { hostname, sysctl, maskedPaths, readonlyPaths, seccomp: profile, cwd, ...rest } = of;
      const hasUser = types.includes("user");
      const spec = {
        ociVersion: "1.0.2",
        process: { args: ["/bin/busybox", "true"], env: ["PATH=/bin"], cwd, ...rest },
        root: { path: rootfs, readonly },
        hostname,
        mounts: [{ destination: "/proc", type: "proc", source: "proc" }, ...mounts],
        linux: {
          namespaces: (types.includes("mount") ? types : [...types, "mount"]).map((type) => ({
            type,
          })),
          uidMappings: hasUser ? mappings : undefined,
          gidMappings: hasUser ? mappings : undefined,
          seccomp: profile,
          sysctl,
          maskedPaths,
          readonlyPaths,
        },
      };
      return JSON.parse(JSON.stringify(spec)) as OciSpec;
    });
}
