import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { OciLinux, OciProcess, OciSeccomp, OciSpec, OciSyscall } from "../model/oci.ts";
import type { Release } from "../model/version.ts";
import type { World, WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type RuncAnswer, runc } from "./runc.ts";

interface Change {
  readonly process?: Partial<OciProcess>;
  readonly linux?: Partial<OciLinux>;
  readonly top?: Partial<OciSpec>;
}

const NAMESPACES: NonNullable<OciLinux["namespaces"]> = [
  { type: "pid" },
  { type: "network" },
  { type: "ipc" },
  { type: "uts" },
  { type: "mount" },
];
const MAPPING = [{ containerID: 0, hostID: 100000, size: 500 }];

function specOf({ process, linux, top }: Change): OciSpec {
  return {
    process: { args: ["/bin/true"], cwd: "/", user: { uid: 0, gid: 0 }, ...process },
    root: { path: "rootfs" },
    hostname: "edge",
    linux: { namespaces: NAMESPACES, ...linux },
    ...top,
  };
}

function worldOf(version: Release, node: WorldFile["node"] = {}, name = "runc"): World {
  return composeWorld({ node, runtime: { ociRuntime: { name, version } } });
}

function without(type: string): NonNullable<OciLinux["namespaces"]> {
  return NAMESPACES.filter((namespace) => namespace.type !== type);
}

function userNamespace(
  uidMappings: NonNullable<OciLinux["uidMappings"]>,
  gidMappings = uidMappings,
): Change {
  return { linux: { namespaces: [...NAMESPACES, { type: "user" }], uidMappings, gidMappings } };
}

function seccomp(profile: Partial<OciSeccomp>, process: Partial<OciProcess> = {}): Change {
  return { process, linux: { seccomp: { defaultAction: "SCMP_ACT_ALLOW", ...profile } } };
}

function denying(...names: string[]): Partial<OciSeccomp> {
  return { syscalls: [{ names, action: "SCMP_ACT_ERRNO", errnoRet: 99 }] };
}

const START = "unable to start container process: ";
const INIT = `${START}error during container init: `;

/** Measured on runc 1.1.5 and 1.3.6; null: it starts. One text: the same in both. */
const ROWS: readonly (readonly [string, Change, string | null, (string | null)?])[] = [
  ["nothing special", {}, null],
  ["no process", { top: { process: null as never } }, "process property must not be empty"],
  ["no cwd", { process: { cwd: "" } }, "Cwd property must not be empty"],
  ["relative cwd", { process: { cwd: "x" } }, "Cwd must be an absolute path"],
  ["no args", { process: { args: [] } }, "args must not be empty"],
  ["no root", { top: { root: null as never } }, "root must be specified"],
  [
    "device type",
    { linux: { devices: [{ path: "/dev/x", type: "z" }] } },
    'invalid device type "z"',
  ],
  [
    "namespace twice",
    { linux: { namespaces: [...NAMESPACES, { type: "pid" }] } },
    'malformed spec file: duplicated ns {"pid" ""}',
  ],
  [
    "time namespace",
    { linux: { namespaces: [...NAMESPACES, { type: "time" }] } },
    'namespace {"time" ""} does not exist',
    null,
  ],
  [
    "hostname without a namespace for it",
    { linux: { namespaces: without("uts") } },
    "unable to set hostname without a private UTS namespace",
  ],
  [
    "domainname",
    { top: { hostname: "", domainname: "x" }, linux: { namespaces: without("uts") } },
    null,
    "unable to set domainname without a private UTS namespace",
  ],
  [
    "masked paths without a mount namespace",
    { linux: { namespaces: without("mount"), maskedPaths: ["/proc/keys"] } },
    "unable to restrict sys entries without a private MNT namespace",
  ],
  [
    "no mappings",
    { linux: { namespaces: [...NAMESPACES, { type: "user" }] } },
    "User namespaces enabled, but no uid mappings found.",
    "user namespaces enabled, but no uid mappings found",
  ],
  [
    "root unmapped",
    userNamespace([{ containerID: 1, hostID: 100000, size: 9 }]),
    "User namespaces enabled, but no user mapping found.",
    "user namespaces enabled, but no mapping found for uid 0",
  ],
  [
    "mappings that overlap",
    userNamespace([...MAPPING, { containerID: 5, hostID: 9000, size: 10 }], MAPPING),
    `${START}can't get final child's PID from pipe: EOF`,
  ],
  [
    "unmapped user",
    { ...userNamespace(MAPPING), process: { user: { uid: 1000, gid: 0 } } },
    `${START}unable to setup user: cannot set uid to unmapped user in user namespace`,
    `${INIT}unable to setup user: cannot setuid to unmapped uid 1000 in user namespace`,
  ],
  [
    "uid beyond int32",
    { process: { user: { uid: 3000000000, gid: 0 } } },
    `${START}unable to setup user: uids and gids must be in range 0-2147483647`,
    null,
  ],
  [
    "group -1",
    { process: { user: { uid: 0, gid: 0, additionalGids: [4294967295] } } },
    `${START}unable to setup user: uids and gids must be in range 0-2147483647`,
    `${INIT}unable to setup user: setgroups: invalid argument`,
  ],
  [
    "effective beyond permitted",
    { process: { capabilities: { bounding: ["CAP_KILL"], effective: ["CAP_KILL"] } } },
    `${START}unable to apply caps: operation not permitted`,
    `${INIT}unable to apply caps: can't apply capabilities: operation not permitted`,
  ],
  [
    "sysctl of the host",
    { linux: { sysctl: { "vm.swappiness": "1" } } },
    'sysctl "vm.swappiness" is not in a separate kernel namespace',
  ],
  [
    "sysctl in slashes, of a shared namespace",
    { linux: { namespaces: without("network"), sysctl: { "net/ipv4/ip_forward": "1" } } },
    'sysctl "net.ipv4.ip_forward" not allowed in host network namespace',
  ],
  [
    "sysctl that does not exist",
    { linux: { sysctl: { "net.ipv4.nope": "1" } } },
    `${INIT}open /proc/sys/net/ipv4/nope: no such file or directory`,
    `${INIT}open sysctl net.ipv4.nope file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/net/ipv4/nope: no such file or directory`,
  ],
  [
    "sysctl out of its range",
    { linux: { sysctl: { "net.ipv4.ip_unprivileged_port_start": "70000" } } },
    `${INIT}write /proc/sys/net/ipv4/ip_unprivileged_port_start: invalid argument`,
    `${INIT}failed to write sysctl net.ipv4.ip_unprivileged_port_start = "70000": write fsmount:fscontext:proc/./sys/net/ipv4/ip_unprivileged_port_start: invalid argument`,
  ],
  [
    "sysctl of an interface, in hexadecimal",
    { linux: { sysctl: { "net.ipv4.conf.eth0.forwarding": "0x1" } } },
    null,
  ],
  [
    "rlimit unknown",
    { process: { rlimits: [{ type: "RLIMIT_FOO", hard: 1, soft: 1 }] } },
    "wrong rlimit value: RLIMIT_FOO",
  ],
  [
    "rlimit upside down",
    { process: { rlimits: [{ type: "RLIMIT_CORE", hard: 1, soft: 2 }] } },
    `${INIT}error setting rlimits for ready process: error setting rlimit type 4: invalid argument`,
  ],
  ["seccomp: nothing in it", seccomp({ defaultAction: "" }), null],
  [
    "seccomp flags",
    seccomp({ flags: ["SECCOMP_FILTER_FLAG_LOG"] }),
    "seccomp flags are not yet supported by runc",
    null,
  ],
  [
    "seccomp flag unknown",
    seccomp({ flags: ["FOO"] }),
    "seccomp flags are not yet supported by runc",
    "seccomp flag FOO is not known to runc",
  ],
  [
    "seccomp operator",
    seccomp({
      syscalls: [
        { names: ["mkdir"], action: "SCMP_ACT_ERRNO", args: [{ index: 0, value: 1, op: "EQ" }] },
      ],
    }),
    "string EQ is not a valid operator for seccomp",
  ],
  [
    "seccomp errno, the first that libseccomp refuses",
    seccomp({ syscalls: [{ names: ["mkdir"], action: "SCMP_ACT_ERRNO", errnoRet: 4095 }] }),
    `${START}error adding seccomp filter rule for syscall mkdir: two checks on same syscall argument`,
    `${INIT}error adding seccomp filter rule for syscall mkdir: two checks on same syscall argument`,
  ],
  [
    "seccomp errno, the last that it takes",
    seccomp({ syscalls: [{ names: ["mkdir"], action: "SCMP_ACT_ERRNO", errnoRet: 4094 }] }),
    null,
  ],
  [
    "seccomp errno of more than 16 bits",
    seccomp({ syscalls: [{ names: ["mkdir"], action: "SCMP_ACT_ERRNO", errnoRet: 65537 }] }),
    null,
  ],
  [
    "seccomp default errno",
    seccomp({ defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 5000 }),
    `${START}error creating filter: could not create filter`,
    `${INIT}error creating filter: could not create filter`,
  ],
  [
    "seccomp refuses runc's getcwd",
    seccomp(denying("getcwd")),
    `${START}failed to verify if current working directory is safe: cannot assign requested address`,
    `${INIT}failed to verify if current working directory is safe: cannot assign requested address`,
  ],
  ["the same behind no_new_privs", seccomp(denying("getcwd"), { noNewPrivileges: true }), null],
  [
    "seccomp refuses setuid: runc 1.3 aborts",
    seccomp(denying("setuid")),
    `${START}unable to setup user: cannot assign requested address`,
    "container process is already dead",
  ],
  [
    "of several refused calls the first in runc's order tells",
    seccomp(denying("capset", "chdir")),
    `${START}chdir to cwd ("/") set in config.json failed: cannot assign requested address`,
    `${INIT}chdir to cwd ("/") set in config.json failed: cannot assign requested address`,
  ],
  [
    "an init that may not write dies silently",
    seccomp(denying("chdir", "write")),
    "container process is already dead",
  ],
  [
    "a kill shows the same",
    seccomp({ syscalls: [{ names: ["chdir"], action: "SCMP_ACT_KILL_PROCESS" }] }),
    "container process is already dead",
  ],
  [
    "a fake success changes nothing",
    seccomp({ syscalls: [{ names: ["chdir"], action: "SCMP_ACT_ERRNO", errnoRet: 0 }] }),
    null,
  ],
  [
    "AppArmor on a kernel without it",
    { process: { apparmorProfile: "x" } },
    `${INIT}unable to apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: invalid argument`,
    `${INIT}unable to apply apparmor profile: apparmor failed to apply profile: write fsmount:fscontext:proc/thread-self/attr/apparmor/exec: invalid argument`,
  ],
];

for (const [name, change, old, recent = old] of ROWS) {
  test(`runc 1.1: ${name}`, () => assert.equal(errorOf(change, "1.1"), old));
  test(`runc 1.3: ${name}`, () => assert.equal(errorOf(change, "1.3"), recent));
}

function errorOf(change: Change, version: Release): string | null {
  return runc({ spec: specOf(change) }, worldOf(version)).out.error ?? null;
}

test("a refusal closes the gate it ends at, and the gates before it are open", () => {
  const spec = specOf({ linux: { sysctl: { "vm.swappiness": "1" } } });
  const { gates, findings } = runc({ spec }, worldOf("1.3"));
  assert.equal(gates.at(-1)?.id, "runc.sysctl");
  assert.deepEqual(
    gates.slice(0, -1).filter((gate) => gate.finding !== undefined),
    [],
  );
  assert.deepEqual(findings[0]?.path, ["linux", "sysctl", "vm.swappiness"]);
  assert.equal(findings[0]?.origin, "runc 1.3");
});

test("what is only warned of", () => {
  const capabilities = {
    bounding: ["NET_ADMIN", "CAP_CAP_KILL", "CAP_KILL"],
    permitted: ["CAP_KILL"],
    ambient: ["CAP_KILL"],
  };
  const spec = specOf({ process: { capabilities } });
  const unknown = "ignoring unknown or unavailable capabilities: [CAP_CAP_KILL NET_ADMIN]";
  assert.deepEqual(runc({ spec }, worldOf("1.1")).out, { ok: true, warnings: [unknown] });
  assert.deepEqual(runc({ spec }, worldOf("1.3")).out, {
    ok: true,
    warnings: [unknown, "can't raise ambient capability CAP_KILL: operation not permitted"],
  });
});

test("a capability is known since the kernel that brought it", () => {
  const spec = specOf({ process: { capabilities: { bounding: ["CAP_BPF"] } } });
  assert.deepEqual(runc({ spec }, worldOf("1.3", { kernel: "5.8" })).out.warnings, []);
  assert.deepEqual(runc({ spec }, worldOf("1.3", { kernel: "5.7" })).out.warnings, [
    "ignoring unknown or unavailable capabilities: [CAP_BPF]",
  ]);
});

test("a host without CAP_SYS_ADMIN cannot filter without no_new_privs", () => {
  const world = worldOf("1.3", { capabilities: ["CAP_SETPCAP"] });
  const profile = seccomp({ syscalls: [] });
  const text = `${INIT}error loading seccomp filter into kernel: error loading seccomp filter: permission denied`;
  assert.equal(runc({ spec: specOf(profile) }, world).out.error, text);
  const harmless = specOf({ ...profile, process: { noNewPrivileges: true } });
  assert.equal(runc({ spec: harmless }, world).out.error, undefined);
});

test("the program, where its file is known", () => {
  function answer(exec: Parameters<typeof runc>[0]["exec"]): RuncAnswer {
    const spec = specOf({ process: { capabilities: {} } });
    return runc({ spec, ...(exec === undefined ? {} : { exec }) }, worldOf("1.1")).out;
  }
  assert.equal(
    answer({ found: "absent" }).error,
    `${START}exec: "/bin/true": stat /bin/true: no such file or directory`,
  );
  assert.equal(
    answer({ found: "notExecutable" }).error,
    `${START}exec: "/bin/true": permission denied`,
  );
  assert.deepEqual(answer({ fileCapabilities: "cap_net_raw+ep" }), {
    error: "exec /bin/true: operation not permitted",
    phase: "exec",
    warnings: [],
  });
});

test("AppArmor profiles: loaded, stacked, missing, unknown to us", () => {
  function refused(apparmorProfile: string, node: WorldFile["node"]): boolean {
    const spec = specOf({ process: { apparmorProfile } });
    return runc({ spec }, worldOf("1.3", { appArmor: true, ...node })).out.error !== undefined;
  }
  const node = { appArmorProfiles: ["a", "b"] };
  assert.equal(refused("a//&b", node), false);
  assert.equal(refused("a//&c", node), true);
  assert.equal(refused("unconfined", node), false);
  assert.equal(refused("cri-containerd.apparmor.d", node), false);
  assert.equal(refused("docker-default", node), true);
  assert.equal(refused("anything", {}), false);
});

test("a new /sys, /proc or /dev/mqueue of the host's namespace is refused in a user namespace", () => {
  for (const [type, shared] of [
    ["sysfs", "network"],
    ["proc", "pid"],
    ["mqueue", "ipc"],
  ] as const) {
    const mounts = [{ destination: "/x", type, source: type }];
    const mapped = userNamespace([{ containerID: 0, hostID: 100000, size: 65536 }]);
    const namespaces = [...without(shared), { type: "user" as const }];
    const change = { ...mapped, linux: { ...mapped.linux, namespaces } };
    const spec = { ...specOf(change), mounts };
    assert.match(
      runc({ spec }, worldOf("1.3")).out.error ?? "",
      new RegExp(`error mounting "${type}" to rootfs at "/x": .*: operation not permitted$`),
    );
    assert.equal(
      runc({ spec: { ...specOf(mapped), mounts } }, worldOf("1.3")).out.error,
      undefined,
    );
  }
});

/** Measured on runc 1.1.5: without no_new_privs the filter judges the calls before each step of the change of user. */
const UNDER_FILTER: readonly (readonly [string, Change, string | undefined])[] = [
  [
    "an init killed before it reads the ids",
    seccomp({ syscalls: [{ names: ["capget"], action: "SCMP_ACT_KILL_PROCESS" }] }, withHighId()),
    "container process is already dead",
  ],
  [
    "an init that may not tell of the ids",
    seccomp(denying("write"), withHighId()),
    "container process is already dead",
  ],
  [
    "a call refused before the capabilities are",
    seccomp(denying("read"), { capabilities: { effective: ["CAP_KILL"] } }),
    `${START}read /proc/self/status: cannot assign requested address`,
  ],
  [
    "keeping capabilities",
    seccomp({ syscalls: [keepCaps(1)] }),
    `${START}unable to set keep caps: operation not permitted`,
  ],
  [
    "keeping them no longer",
    seccomp({ syscalls: [keepCaps(0)] }),
    `${START}unable to clear keep caps: operation not permitted`,
  ],
  [
    "with no_new_privs the filter comes behind all of it",
    seccomp(denying("read"), { ...withHighId(), noNewPrivileges: true }),
    `${START}unable to setup user: uids and gids must be in range 0-2147483647`,
  ],
];
for (const [name, change, expected] of UNDER_FILTER) {
  test(`runc 1.1 under its filter: ${name}`, () => {
    assert.equal(runc({ spec: specOf(change) }, worldOf("1.1")).out.error, expected);
  });
}

function withHighId(): Partial<OciProcess> {
  return { user: { uid: 2147483648, gid: 0 } };
}

function keepCaps(kept: number): OciSyscall {
  const args = [8, kept].map((value, index) => ({ index, value, op: "SCMP_CMP_EQ" }));
  return { names: ["prctl"], action: "SCMP_ACT_ERRNO", args };
}

/** Measured on crun 1.28. */
const CRUN: readonly (readonly [string, Change, string | null])[] = [
  ["no process", { top: { process: null as never } }, "block `process` not found"],
  ["hostname", { linux: { namespaces: without("uts") } }, "hostname requires the UTS namespace"],
  [
    "sysctl",
    { linux: { namespaces: without("ipc"), sysctl: { "kernel.shmmax": "1" } } },
    "the sysctl `kernel.shmmax` requires a new IPC namespace",
  ],
  [
    "sysctl that does not exist",
    { linux: { sysctl: { "net.ipv4.nope": "1" } } },
    "open `/proc/sys/net/ipv4/nope`: No such file or directory",
  ],
  ["seccomp action", seccomp({ defaultAction: "X" }), "seccomp get action `X`"],
  [
    "errno of an action that has none",
    seccomp({ syscalls: [{ names: ["mkdir"], action: "SCMP_ACT_KILL", errnoRet: 5 }] }),
    "errno value specified for action `SCMP_ACT_KILL`",
  ],
  [
    "default errno of an action that has none",
    seccomp({ ...denying("mkdir"), defaultErrnoRet: 5 }),
    "errno value specified for action `SCMP_ACT_ALLOW`",
  ],
  [
    "default errno beyond libseccomp's",
    seccomp({ defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 5000 }),
    "error seccomp_init",
  ],
  ["lowercase capability", { process: { capabilities: { bounding: ["cap_kill"] } } }, null],
  [
    "seccomp refuses setresuid",
    seccomp(denying("setresuid")),
    "setresuid to `0`: Cannot assign requested address",
  ],
  // What comes first of two faults: rlimits, maps, ids, groups, sysctls, mounts, profile, hostname, flags, identity, cwd.
  [
    "each rlimit in turn",
    {
      process: {
        rlimits: [
          { type: "RLIMIT_CORE", hard: 0, soft: 1 },
          { type: "RLIMIT_NOPE", hard: 0, soft: 0 },
        ],
      },
    },
    "setrlimit `RLIMIT_CORE`: Invalid argument",
  ],
  [
    "the map of groups is written first",
    userNamespace([{ containerID: 0, hostID: 0, size: 0 }]),
    "write to `gid_map`: Invalid argument",
  ],
  [
    "a user namespace without root",
    {
      ...userNamespace([{ containerID: 1000, hostID: 0, size: 1 }]),
      process: { user: { uid: 0, gid: 1, additionalGids: [5] } },
    },
    "setresuid to `0`: Invalid argument",
  ],
  [
    "groups before the profile",
    seccomp({ defaultErrnoRet: 1 }, { user: { uid: 0, gid: 0, additionalGids: [4294967295] } }),
    "setgroups: Invalid argument",
  ],
  [
    "the profile before the hostname",
    { linux: { namespaces: without("uts"), ...seccomp({ defaultErrnoRet: 1 }).linux } },
    "errno value specified for action `SCMP_ACT_ALLOW`",
  ],
  [
    "flags behind the rules of the profile",
    seccomp({ flags: ["NOPE"], syscalls: [{ names: ["a"], action: "X" }] }),
    "seccomp get action `X`",
  ],
  [
    "flags before capset without no_new_privs",
    seccomp({ flags: ["NOPE"] }, { capabilities: { effective: ["CAP_KILL"] } }),
    "unknown seccomp option `NOPE`",
  ],
  [
    "flags behind capset with no_new_privs",
    seccomp(
      { flags: ["NOPE"] },
      { noNewPrivileges: true, capabilities: { effective: ["CAP_KILL"] } },
    ),
    "capset: Operation not permitted",
  ],
  [
    "uid and gid 4294967295 stay root's",
    { process: { user: { uid: 4294967295, gid: 4294967295 } } },
    null,
  ],
  [
    "ids are printed with a sign",
    {
      ...userNamespace([{ containerID: 0, hostID: 0, size: 1 }]),
      process: { user: { uid: 0, gid: 4294967294 } },
    },
    "setresgid to `-2`: Invalid argument",
  ],
  ["no working directory", { process: { cwd: "" } }, "chdir to ``: No such file or directory"],
  ["seccomp refuses what only runc needs", seccomp(denying("capget", "setuid", "chdir")), null],
];
for (const [name, change, expected] of CRUN) {
  test(`crun 1.28: ${name}`, () => {
    const { out } = runc({ spec: specOf(change) }, worldOf("1.28", {}, "crun"));
    assert.equal(out.error ?? null, expected);
  });
}

function crunOn(profile: OciSeccomp, seccompCache: readonly OciSeccomp[]): string | undefined {
  const spec = specOf({ linux: { seccomp: profile } });
  return runc({ spec, seccompCache }, worldOf("1.28", {}, "crun")).out.error;
}

/** `errnoRet` alone differs: the same checksum. */
function refusingMkdir(errnoRet?: number): OciSeccomp {
  const rule = { names: ["mkdir"], action: "SCMP_ACT_ERRNO" };
  const syscalls = [errnoRet === undefined ? rule : { ...rule, errnoRet }];
  return { defaultAction: "SCMP_ACT_ALLOW", syscalls };
}

test("crun 1.28 loads the filter that it compiled earlier of a profile with the same checksum", () => {
  const refused = "seccomp_rule_add `mkdir`: Invalid argument";
  const other = { ...refusingMkdir(), architectures: ["SCMP_ARCH_X86_64"] };
  assert.equal(crunOn(refusingMkdir(5000), []), refused);
  assert.equal(crunOn(refusingMkdir(5000), [refusingMkdir()]), undefined);
  assert.equal(crunOn(refusingMkdir(5000), [other]), refused, "another checksum");
  assert.equal(crunOn(refusingMkdir(5000), [refusingMkdir(5000)]), refused, "never compiled");
});

test("with futex refused, chance decides inside runc; every outcome is told", () => {
  const running = "cannot start an already running container";
  const dead = "container process is already dead";
  for (const [release, noNewPrivileges, error, races] of [
    ["1.1", false, undefined, [running, dead, ""]],
    ["1.1", true, undefined, [running, dead, ""]],
    ["1.3", false, dead, [""]],
    ["1.3", true, undefined, undefined],
  ] as const) {
    const change = seccomp(denying("futex"), { noNewPrivileges });
    const { out } = runc({ spec: specOf(change) }, worldOf(release));
    assert.equal(out.error, error);
    assert.deepEqual(out.races, races);
  }
});

test("any list of syscalls and any ids are answered, never thrown at", () => {
  const id = fc.integer({ min: 0, max: 4294967295 });
  fc.assert(
    fc.property(
      fc.record({
        names: fc.array(fc.constantFrom("read", "write", "openat2", "nope", "")),
        action: fc.constantFrom("SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_TRACE", ""),
        errnoRet: fc.integer({ min: 0, max: 4294967295 }),
      }),
      fc.record({ uid: id, gid: id, additionalGids: fc.array(id) }),
      fc.constantFrom<Release>("0.1", "1.0", "1.1", "1.2", "1.3", "9.9"),
      (rule, user, version) => {
        const spec = specOf({ ...seccomp({ syscalls: [rule] }), process: { user } });
        const { out } = runc({ spec }, worldOf(version));
        return out.ok === true || typeof out.error === "string";
      },
    ),
  );
});
