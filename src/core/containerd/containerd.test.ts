import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LinuxContainerSecurityContext } from "../model/cri.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type ContainerdInput, containerd } from "./containerd.ts";

const IMAGE = {
  user: "",
  passwd: "root:x:0:0::/root:/bin/sh\napp:x:1234:1234::/:/bin/sh\n",
  group: "root:x:0:\nwheel:x:10:root,app\napp:x:1234:\nextra:x:5000:app\n",
};

function run(container: unknown, more: Partial<ContainerdInput> = {}, file: WorldFile = {}) {
  const input = {
    sandbox: {},
    image: IMAGE,
    container: container as LinuxContainerSecurityContext,
    ...more,
  };
  return containerd(input, composeWorld(file), { trace: true });
}

test("zeros and nulls written out are the same as zeros and nulls left out", () => {
  const short = {
    run_as_user: { value: "1234" },
    seccomp: {},
    namespace_options: { pid: "CONTAINER", userns_options: { mode: "NODE" } },
  };
  const full = {
    apparmor: null,
    apparmor_profile: "",
    capabilities: null,
    masked_paths: [],
    namespace_options: {
      ipc: "POD",
      network: "POD",
      pid: "CONTAINER",
      target_id: "",
      userns_options: { gids: [], mode: "NODE", uids: [] },
    },
    no_new_privs: false,
    privileged: false,
    readonly_paths: [],
    readonly_rootfs: false,
    run_as_group: null,
    run_as_user: { value: "1234" },
    run_as_username: "",
    seccomp: { localhost_ref: "", profile_type: "RuntimeDefault" },
    seccomp_profile_path: "",
    selinux_options: null,
    supplemental_groups: [],
    supplemental_groups_policy: "Merge",
  };
  const sandbox = (sc: object) => ({ sandbox: { security_context: sc } }) as ContainerdInput;
  assert.deepEqual(run(full, sandbox(full)).out, run(short, sandbox(short)).out);
});

test("messages that are nil are taken as empty ones", () => {
  assert.deepEqual(run(null, { sandbox: null } as unknown as ContainerdInput).out, run({}).out);
});

test("containerd in a user namespace leaves the groups that may ping as they are", () => {
  const sysctls = (file: WorldFile) => run({}, {}, file).out.sandboxSpec?.linux?.sysctl;
  const port = { "net.ipv4.ip_unprivileged_port_start": "0" };
  assert.deepEqual(sysctls({}), { ...port, "net.ipv4.ping_group_range": "0 2147483647" });
  assert.deepEqual(sysctls({ node: { inUserNamespace: true } }), port);
});

test("a user that nobody knows is left out and marked", () => {
  const { out } = run({}, { image: {} });
  assert.equal(out.step, "ok");
  assert.deepEqual(out.unknown, ["image.user"]);
  assert.equal(out.spec?.process?.user, undefined);
});

test("files of an image that nobody knows leave a name unresolved, and mark a number", () => {
  const image = { user: "app" };
  const named = run({}, { image, imageFilesUnknown: true }).out;
  assert.equal(named.spec?.process?.user, undefined);
  assert.deepEqual(named.unknown, ["image.passwd", "image.group"]);
  const numbered = run({ run_as_user: { value: "7" } }, { image, imageFilesUnknown: true }).out;
  assert.deepEqual(numbered.spec?.process?.user, { uid: 7, gid: 0, additionalGids: [0] });
  assert.deepEqual(numbered.unknown, ["image.passwd", "image.group"]);
  assert.equal(run({}, { image }).out.step, "create");
});

test("what a node does not tell is marked: devices, profiles", () => {
  const privileged = { privileged: true };
  const sandbox = { sandbox: { security_context: privileged } };
  assert.deepEqual(run(privileged, sandbox).out.unknown, ["node.devices"]);
  const seccomp = { profile_type: "Localhost", localhost_ref: "/var/lib/kubelet/seccomp/a.json" };
  assert.deepEqual(run({ seccomp }).out.unknown, ["node.seccompProfiles"]);
  const known = { node: { seccompProfiles: { "a.json": '{"defaultAction":"SCMP_ACT_ALLOW"}' } } };
  assert.deepEqual(run({ seccomp }, {}, known).out.spec?.linux?.seccomp, {
    defaultAction: "SCMP_ACT_ALLOW",
  });
  assert.equal(run({ seccomp }, {}, { node: { seccompProfiles: {} } }).out.step, "create");
});

test("containers without SELinux options share the sandbox's categories, those with a type draw their own", () => {
  const file: WorldFile = {
    node: { seLinux: true },
    runtime: { name: "containerd", version: "2.1", config: { enableSelinux: true } },
  };
  const label = (sc: object) => run(sc, {}, file).out.spec?.process?.selinuxLabel;
  assert.equal(label({}), "system_u:system_r:container_t:s0:c0,c1");
  assert.equal(label({ selinux_options: { type: "spc_t" } }), "system_u:system_r:spc_t:s0:c2,c3");
  assert.equal(label({ selinux_options: { level: "s0:c7,c9" } })?.slice(-8), "s0:c7,c9");
});

const capability = fc.constantFrom("NET_ADMIN", "net_raw", "CHOWN", "CAP_KILL", "SYS_TIME", "ALL");

test("drop ALL leaves what is added by name, and drop wins over add", () => {
  fc.assert(
    fc.property(fc.array(capability), fc.array(capability), (add, drop) => {
      const capabilities = { add_capabilities: add, drop_capabilities: drop };
      const sets = run({ capabilities }).out.spec?.process?.capabilities ?? {};
      const bounding = sets.bounding ?? [];
      const named = (list: readonly string[]) =>
        list.filter((name) => name !== "ALL").map((name) => `CAP_${name.toUpperCase()}`);
      for (const name of named(drop)) assert.ok(!bounding.includes(name), name);
      for (const name of named(add)) {
        assert.equal(bounding.includes(name), !named(drop).includes(name), name);
      }
      if (drop.includes("ALL")) assert.ok(bounding.every((name) => named(add).includes(name)));
      assert.equal(new Set(bounding).size, bounding.length);
      assert.deepEqual(sets.effective ?? [], bounding);
      assert.deepEqual(sets.permitted ?? [], bounding);
      assert.equal(sets.ambient, undefined);
    }),
  );
});

test("the same request has the same answer, with and without trace", () => {
  const input = { sandbox: {}, image: IMAGE, container: { seccomp: {} } };
  const world = composeWorld({});
  const traced = containerd(input, world, { trace: true });
  const plain = containerd(input, world);
  assert.deepEqual(plain.out, traced.out);
  assert.deepEqual(plain.findings, traced.findings);
  assert.deepEqual(plain.trace, []);
});

test("every trace points at the value that it explains", () => {
  const privileged = { privileged: true, seccomp: {} };
  const requests: readonly [object, Partial<ContainerdInput>][] = [
    [{}, {}],
    [{ run_as_username: "app", seccomp: {} }, {}],
    [privileged, { sandbox: { security_context: privileged } }],
    [{ capabilities: { drop_capabilities: ["ALL"] } }, { image: { ...IMAGE, user: "app:extra" } }],
  ];
  const node = { appArmor: true, seLinux: true, devices: [] };
  const file: WorldFile = {
    node,
    runtime: { name: "containerd", version: "2.1", config: { enableSelinux: true } },
  };
  for (const [request, more] of requests) {
    const { out, trace } = run(request, more, file);
    assert.ok(trace.length > 3);
    for (const { at, setting } of trace) {
      const { value } = setting;
      const found = valueAt(out, at);
      if (found === undefined) assert.ok(value === null || isEmptyList(value), at);
      else assert.deepEqual(value, found, at);
    }
  }
});

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split("/").slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[step.replaceAll("~1", "/")];
  }
  return value;
}
