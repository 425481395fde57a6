import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Release } from "../model/version.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { docker } from "./docker.ts";

function ask(hostConfig: object, version: Release = "28.5", file: WorldFile = {}) {
  const runtime = { ...file.runtime, name: "docker", version } as const;
  const input = { config: {}, hostConfig: { ...hostConfig }, image: { user: "" } };
  return docker(input, composeWorld({ ...file, runtime }), { trace: true });
}

function linux(hostConfig: object, version?: Release, file?: WorldFile) {
  const { out } = ask(hostConfig, version, file);
  assert.equal(out.error, undefined);
  return out.spec?.linux;
}

test("masked and read-only paths: null is the default, a list is itself, privileged has none", () => {
  for (const version of ["20.10", "26.1", "28.5"] as const) {
    const byDefault = linux({}, version);
    assert.equal(byDefault?.maskedPaths?.includes("/proc/asound"), true);
    assert.equal(byDefault?.readonlyPaths?.length, 5);
    assert.deepEqual(linux({ MaskedPaths: null }, version)?.maskedPaths, byDefault?.maskedPaths);
    assert.equal(linux({ MaskedPaths: [] }, version)?.maskedPaths, undefined);
    const privileged = { Privileged: true, ReadonlyPaths: ["/tmp"] };
    assert.equal(linux(privileged, version)?.maskedPaths, undefined);
    assert.deepEqual(linux(privileged, version)?.readonlyPaths, ["/tmp"]);
  }
});

test("28.5 masks what tells of the processors' heat", () => {
  const node = { thermalThrottleCpus: [0, 2] };
  const cpu = (index: number) => `/sys/devices/system/cpu/cpu${index}/thermal_throttle`;
  assert.deepEqual(linux({}, "28.5", { node })?.maskedPaths?.slice(-2), [cpu(0), cpu(2)]);
  assert.equal(linux({}, "26.1", { node })?.maskedPaths?.at(-1), "/sys/devices/virtual/powercap");
  assert.equal(linux({}, "20.10", { node })?.maskedPaths?.at(-1), "/sys/firmware");
});

const DEFAULT_SYSCTLS = {
  "net.ipv4.ping_group_range": "0 2147483647",
  "net.ipv4.ip_unprivileged_port_start": "0",
};

test("sysctls: with a network of its own ping and every port are free", () => {
  assert.deepEqual(linux({})?.sysctl, DEFAULT_SYSCTLS);
  const Sysctls = { "net.ipv4.ip_unprivileged_port_start": "80", "kernel.msgmax": "1" };
  assert.deepEqual(linux({ NetworkMode: "mynet", Sysctls })?.sysctl, {
    ...DEFAULT_SYSCTLS,
    ...Sysctls,
  });
  assert.equal(linux({ NetworkMode: "host" })?.sysctl, undefined);
  assert.equal(linux({ NetworkMode: "container:0123456789ab" })?.sysctl, undefined);
  assert.deepEqual(linux({}, "28.5", { node: { kernel: "4.9" } })?.sysctl, {
    "net.ipv4.ping_group_range": "0 2147483647",
  });
});

test("namespaces", () => {
  const kinds = (hostConfig: object, version?: Release, file?: WorldFile) =>
    linux(hostConfig, version, file)?.namespaces?.map(({ type, path }) =>
      path === undefined ? type : `${type} ${path}`,
    );
  assert.deepEqual(kinds({}), ["mount", "network", "uts", "pid", "ipc", "cgroup"]);
  const v1: WorldFile = { node: { cgroup: "v1" } };
  assert.deepEqual(kinds({}, "28.5", v1), ["mount", "network", "uts", "pid", "ipc"]);
  assert.deepEqual(kinds({ CgroupnsMode: "private" }, "28.5", v1)?.at(-1), "cgroup");
  const host = { NetworkMode: "host", PidMode: "host", IpcMode: "host", UTSMode: "host" };
  assert.deepEqual(kinds({ ...host, CgroupnsMode: "host" }), ["mount"]);
  // 20.10 keeps the namespace and points it to the host's.
  assert.deepEqual(kinds({ ...host, CgroupnsMode: "host" }, "20.10"), [
    "mount",
    "network /var/run/docker/netns/default",
  ]);
  const id = "container:0123456789ab";
  assert.deepEqual(kinds({ NetworkMode: id, PidMode: id, IpcMode: id }, "28.5", v1), [
    "mount",
    "network /proc/<PID of 0123456789ab>/ns/net",
    "uts",
    "pid /proc/<PID of 0123456789ab>/ns/pid",
    "ipc /proc/<PID of 0123456789ab>/ns/ipc",
  ]);
});

test("no_new_privs: the last option counts", () => {
  const nnp = (...SecurityOpt: string[]) => ask({ SecurityOpt }).out.spec?.process?.noNewPrivileges;
  assert.equal(nnp(), undefined);
  assert.equal(nnp("no-new-privileges"), true);
  assert.equal(nnp("no-new-privileges:T"), true);
  assert.equal(nnp("no-new-privileges", "no-new-privileges=0"), undefined);
});

const DEVICES = [
  { path: "/dev/null", type: "c", major: 1, minor: 3, fileMode: 438, uid: 0, gid: 0 },
  { path: "/dev/snd/timer", type: "c", major: 116, minor: 33, fileMode: 432, uid: 0, gid: 29 },
] as const;

test("devices: those that are named, a folder of them, and all for privileged", () => {
  const node = { devices: DEVICES };
  const Devices = [{ PathOnHost: "/dev/snd", PathInContainer: "/snd", CgroupPermissions: "rw" }];
  const DeviceCgroupRules = ["b 8:* r"];
  const named = linux({ Devices, DeviceCgroupRules }, "20.10", { node });
  assert.deepEqual(named?.devices, [{ ...DEVICES[1], path: "/snd/timer" }]);
  assert.deepEqual(named?.resources?.devices?.slice(8), [
    { allow: true, type: "c", major: 116, minor: 33, access: "rw" },
    { allow: true, type: "b", major: 8, minor: -1, access: "r" },
  ]);
  // Later releases write the default rules twice.
  assert.equal(linux({ Devices }, "26.1", { node })?.resources?.devices?.length, 8 + 9);
  const all = [{ allow: true, access: "rwm" }];
  const privileged = linux({ Privileged: true }, "20.10", { node });
  assert.deepEqual(privileged?.devices, DEVICES);
  assert.deepEqual(privileged?.resources?.devices, all);
  const newer = linux({ Privileged: true }, "28.5", { node });
  assert.deepEqual(newer?.resources?.devices?.slice(8), all);
});

test("devices that nobody told are left out and marked", () => {
  assert.deepEqual(ask({ Privileged: true }).out.unknown, ["node.devices"]);
  const Devices = [{ PathOnHost: "/dev/x", PathInContainer: "/dev/x", CgroupPermissions: "r" }];
  assert.deepEqual(ask({ Devices }).out.unknown, ["node.devices"]);
  assert.equal(ask({}).out.unknown, undefined);
});

test("AppArmor: the profile asked for is taken as it is", () => {
  const profile = (hostConfig: object, file?: WorldFile, version?: Release) =>
    ask(hostConfig, version, file ?? { node: { appArmor: true } }).out.spec?.process
      ?.apparmorProfile;
  assert.equal(profile({}), "docker-default");
  assert.equal(profile({ SecurityOpt: ["apparmor="] }), "docker-default");
  assert.equal(profile({ SecurityOpt: ["apparmor:a", "apparmor=b"] }), "b");
  assert.equal(profile({ Privileged: true }), "unconfined");
  assert.equal(profile({ Privileged: true, SecurityOpt: ["apparmor=a"] }), "a");
  assert.equal(profile({ SecurityOpt: ["apparmor=a"] }, {}), undefined);
  // Without apparmor_parser 20.10 still applies what it need not load, later releases nothing.
  const noParser: WorldFile = { node: { appArmor: true, appArmorParser: false } };
  assert.equal(profile({ SecurityOpt: ["apparmor=a"] }, noParser, "20.10"), "a");
  assert.equal(profile({ SecurityOpt: ["apparmor=a"] }, noParser, "28.5"), undefined);
  // A profile that has gone is loaded again.
  assert.equal(profile({}, { node: { appArmor: true, appArmorProfiles: [] } }), "docker-default");
});

test("two open gates, and a trace that names only what is there", () => {
  const { out, gates, trace } = ask({ Privileged: true }, "28.5", { node: { devices: DEVICES } });
  assert.deepEqual(gates, [
    { id: "docker.create", stage: "docker" },
    { id: "docker.start", stage: "docker" },
  ]);
  const capabilities = trace.find(({ field }) => field === "capabilities");
  assert.equal(capabilities?.at, "/spec/process/capabilities/bounding");
  assert.deepEqual(capabilities?.setting.value, out.spec?.process?.capabilities?.bounding);
  assert.deepEqual(capabilities?.setting.source, {
    kind: "rule",
    by: "dockerd",
    rule: "privileged ⇒ every capability that the daemon has",
  });
  for (const { at, setting } of trace) {
    const value = at
      .slice(1)
      .split("/")
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], out);
    const empty = Array.isArray(setting.value) ? [] : null;
    assert.deepEqual(value ?? empty, setting.value, at);
  }
});

test("the answer is the same without a trace, and twice", () => {
  const world = composeWorld({ runtime: { name: "docker" }, node: { seLinux: true } });
  const input = { config: {}, hostConfig: { CapAdd: ["ALL"] }, image: { user: "app" } };
  const traced = docker(input, world, { trace: true });
  assert.deepEqual(docker(input, world), { ...traced, trace: [] });
});

test("requests of any shape get an answer", () => {
  const world = composeWorld({ runtime: { name: "docker" }, node: { devices: [] } });
  const keys = "CapAdd CapDrop SecurityOpt GroupAdd Binds Mounts Tmpfs Sysctls Devices PidMode";
  const hostConfig = fc.dictionary(fc.constantFrom(...keys.split(" ")), fc.jsonValue());
  fc.assert(
    fc.property(hostConfig, fc.string(), (given, user) => {
      const input = { config: { User: user }, hostConfig: given, image: { user: "" } };
      const { out } = docker(input as Parameters<typeof docker>[0], world);
      assert.equal(out.error === undefined, out.step === "ok");
    }),
  );
});
