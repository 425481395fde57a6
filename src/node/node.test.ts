import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { goArchitecture } from "./architecture.ts";
import { cacheDirectory } from "./directories.ts";
import { EngineError } from "./errors.ts";
import { appArmorProfiles, findOciRuntime, hostDevices, kernelVersion, readHost } from "./node.ts";
import { parseVersion } from "./ociRuntime.ts";
import { findProgram, needProgram, notInstalled, PROGRAMS } from "./programs.ts";

function machine(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "secctx-node-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test("a machine with everything: AppArmor, SELinux, thermal throttling, cgroup2", (t) => {
  const root = machine({
    "proc/sys/kernel/osrelease": "6.1.0-37-amd64\n",
    "proc/self/mounts": "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n",
    "proc/self/status": "Name:\tnode\nCapBnd:\t0000000000000401\n",
    "proc/self/attr/current": "system_u:system_r:container_runtime_t:s0\0",
    "sys/fs/selinux/enforce": "1",
    "sys/module/apparmor/parameters/enabled": "Y\n",
    "sys/kernel/security/apparmor/profiles": "/usr/bin/man (enforce)\nmy (odd) one (complain)\n",
    "sys/devices/system/cpu/cpu10/thermal_throttle/x": "",
    "sys/devices/system/cpu/cpu2/thermal_throttle/x": "",
    "sys/devices/system/cpu/cpuidle/thermal_throttle/x": "",
    "sys/devices/system/cpu/cpu3/topology/x": "",
  });
  t.after(() => rmSync(root, { recursive: true }));
  const { node, cgroup, kernelRelease } = readHost(root);
  assert.equal(kernelRelease, "6.1.0-37-amd64");
  assert.deepEqual(cgroup, {
    version: "v2",
    hybrid: false,
    unified: "/sys/fs/cgroup",
    controllers: {},
  });
  assert.deepEqual(
    { ...node, appArmorParser: undefined },
    {
      appArmor: true,
      appArmorProfiles: ["/usr/bin/man", "my (odd) one"],
      appArmorParser: undefined,
      seLinux: true,
      kernel: "6.1",
      architecture: goArchitecture(),
      cgroup: "v2",
      capabilities: ["CAP_CHOWN", "CAP_NET_BIND_SERVICE"],
      thermalThrottleCpus: [2, 10],
    },
  );
});

test("a machine that shows nothing has no feature", (t) => {
  const root = machine({});
  t.after(() => rmSync(root, { recursive: true }));
  const { node } = readHost(root);
  assert.equal(node.appArmor, false);
  assert.equal(node.seLinux, false);
  assert.equal(node.cgroup, "v1");
  assert.equal(node.kernel, "0.0");
  assert.equal("capabilities" in node, false);
});

test("selinuxfs without a policy is no SELinux", (t) => {
  const root = machine({ "sys/fs/selinux/enforce": "0", "proc/self/attr/current": "kernel\0" });
  t.after(() => rmSync(root, { recursive: true }));
  assert.equal(readHost(root).node.seLinux, false);
});

test("the hybrid layout: v1 controllers with a cgroup2 tree beside them", (t) => {
  const root = machine({
    "proc/self/mounts": [
      "tmpfs /sys/fs/cgroup tmpfs ro,mode=755 0 0",
      "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,nosuid,nodev,noexec,relatime,cpu,cpuacct 0 0",
      "cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,release_agent=/lib/agent,name=systemd 0 0",
      "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0",
    ].join("\n"),
  });
  t.after(() => rmSync(root, { recursive: true }));
  assert.deepEqual(readHost(root).cgroup, {
    version: "v1",
    hybrid: true,
    unified: "/sys/fs/cgroup/unified",
    controllers: {
      cpu: "/sys/fs/cgroup/cpu,cpuacct",
      cpuacct: "/sys/fs/cgroup/cpu,cpuacct",
      "name=systemd": "/sys/fs/cgroup/systemd",
    },
  });
});

test("this machine: the kernel and the capabilities that /proc tells", () => {
  const { node, kernelRelease } = readHost();
  assert.equal(kernelRelease, readFileSync("/proc/sys/kernel/osrelease", "utf8").trim());
  assert.equal(node.kernel, kernelVersion(kernelRelease));
  assert.ok((node.capabilities ?? []).every((name) => name.startsWith("CAP_")));
});

test("devices: /dev/null as every Linux has it, sorted, without consoles and pseudo-terminals", () => {
  const devices = hostDevices();
  assert.deepEqual(
    devices.find(({ path }) => path === "/dev/null"),
    { type: "c", path: "/dev/null", major: 1, minor: 3, fileMode: 0o666, uid: 0, gid: 0 },
  );
  assert.ok(!devices.some(({ path }) => path === "/dev/console" || path.startsWith("/dev/pts/")));
  assert.deepEqual(hostDevices("/nonexistent"), []);
});

test("architectures as Go names them", () => {
  assert.equal(goArchitecture("x64"), "amd64");
  assert.equal(goArchitecture("arm64"), "arm64");
  assert.equal(goArchitecture("ppc64"), "ppc64le");
});

test("AppArmor's list of profiles", () => {
  assert.deepEqual(appArmorProfiles(""), []);
  assert.deepEqual(appArmorProfiles("docker-default (enforce)\nx (unconfined)\nbroken\n"), [
    "docker-default",
    "x",
  ]);
});

test("a runtime's version as runtimes print it", () => {
  const rows: readonly [text: string, name: string, version: string, full: string][] = [
    ["runc version 1.1.5+ds1\ncommit: x\nspec: 1.0.2-dev\n", "runc", "1.1", "1.1.5+ds1"],
    ["runc version 1.3.6\n", "runc", "1.3", "1.3.6"],
    ["crun version 1.8.1\ncommit: y\n", "crun", "1.8", "1.8.1"],
    ["youki version 0.5.3\n", "youki", "0.5", "0.5.3"],
  ];
  for (const [text, name, version, fullVersion] of rows) {
    assert.deepEqual(parseVersion(text, "/x/rt"), { name, path: "/x/rt", version, fullVersion });
  }
  assert.equal(parseVersion("command not found", "/x/rt"), undefined);
});

test("a runtime is asked once, and again when its file changes", (t) => {
  const folder = machine({ rt: "" });
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "rt");
  const cache = join(folder, "cache");
  const write = (version: string): void => {
    rmSync(path);
    writeFileSync(path, `#!/bin/sh\necho asked >> ${folder}/asked\necho "rt version ${version}"\n`);
    chmodSync(path, 0o755);
  };
  write("1.2.3");
  assert.equal(findOciRuntime(path, cache).version, "1.2");
  assert.equal(findOciRuntime(path, cache).fullVersion, "1.2.3");
  assert.equal(readFileSync(join(folder, "asked"), "utf8"), "asked\n");
  write("1.10.0-rc.1");
  assert.equal(findOciRuntime(path, cache).version, "1.10");
  for (const broken of ["null", "{", "5", `{"${path}": null}`]) {
    writeFileSync(join(cache, "runtimes.json"), broken);
    assert.equal(findOciRuntime(path, cache).version, "1.10");
  }
});

test("what is not installed is said with its package", () => {
  assert.equal(notInstalled("setfattr"), "setfattr is not installed: apt-get install attr");
  assert.equal(findProgram("no-such-program"), undefined);
  assert.throws(() => findOciRuntime("/nonexistent/rt"), EngineError);
  for (const name of Object.keys(PROGRAMS)) assert.match(name, /^[a-z_]+$/);
  assert.match(needProgram("mount"), /^\/.*\/mount$/);
});

test("the cache directory", () => {
  assert.equal(cacheDirectory({ SECCTX_CACHE_DIR: "/c" }, true), "/c");
  assert.equal(cacheDirectory({}, true), "/var/lib/secctx");
  assert.equal(cacheDirectory({ XDG_CACHE_HOME: "/x" }, false), "/x/secctx");
  assert.match(cacheDirectory({ XDG_CACHE_HOME: "relative" }, false), /\/\.cache\/secctx$/);
});
