import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { PlaceFacts } from "../model/tries.ts";
import { compareTries } from "./compareTries.ts";
import { predictTries, type TriesInput } from "./predictTries.ts";

const USER: ProcStatus = {
  Uid: "1000 1000 1000 1000",
  Gid: "3000 3000 3000 3000",
  Groups: "2000",
  CapInh: "0000000000000000",
  CapPrm: "0000000000000000",
  CapEff: "0000000000000000",
  CapBnd: "00000000a80425fb",
  CapAmb: "0000000000000000",
  NoNewPrivs: "0",
  Seccomp: "0",
};
const ROOT: ProcStatus = {
  ...USER,
  Uid: "0 0 0 0",
  Gid: "0 0 0 0",
  CapPrm: "00000000a80425fb",
  CapEff: "00000000a80425fb",
};

function place(mode: number, uid: number, gid: number, rest: Partial<PlaceFacts> = {}): PlaceFacts {
  return { path: "/v", type: "directory", mode, uid, gid, readOnly: false, mount: 0, ...rest };
}

/** `yes RULE [who decides]` of each. */
function told(input: Partial<TriesInput>): string[] {
  const whole = {
    spec: {},
    status: USER,
    places: [],
    hostNetwork: false,
    hostSysctls: {},
    ...input,
  };
  return predictTries(whole).map(
    ({ predicted, rule, by = "" }) => `${predicted ? "yes" : "no"} ${rule} [${by}]`,
  );
}

function write(at: PlaceFacts, input: Partial<TriesInput> = {}): string | undefined {
  return told({ ...input, places: [at] })[0];
}

test("writing: the mount, then owner, group, others, then CAP_DAC_OVERRIDE", () => {
  const root = place(0o755, 0, 0, { readOnly: true });
  const { mount: _, ...top } = root;
  const readOnlyRoot = told({ places: [{ ...top, path: "/" }] })[0];
  assert.equal(readOnlyRoot, "no readOnlyRootFilesystem [readOnlyRootFilesystem]");
  assert.equal(write(root), "no the mount is read-only [volumeMounts,0]");
  assert.equal(write(place(0o700, 1000, 0)), "yes drwx------ 1000:0: uid 1000 owns it [runAsUser]");
  assert.equal(
    write(place(0o2770, 0, 2000), { fsGroup: 2000 }),
    "yes drwxrws--- 0:2000: fsGroup 2000 [fsGroup]",
  );
  assert.equal(
    write(place(0o770, 0, 2000)),
    "yes drwxrwx--- 0:2000: group 2000 [supplementalGroups]",
  );
  assert.equal(write(place(0o770, 0, 3000)), "yes drwxrwx--- 0:3000: group 3000 [runAsGroup]");
  assert.equal(write(place(0o777, 0, 0)), "yes drwxrwxrwx 0:0: everybody may []");
  assert.equal(
    write(place(0o755, 0, 0)),
    "no drwxr-xr-x 0:0: not for uid 1000, groups 3000 2000 [runAsUser]",
  );
  assert.equal(
    write(place(0o755, 5, 5), { status: ROOT }),
    "yes drwxr-xr-x 5:5: CAP_DAC_OVERRIDE [capabilities]",
  );
});

test("an owner without the bit is refused though others have it; a folder needs search too", () => {
  assert.match(write(place(0o577, 1000, 0)) ?? "", /^no dr-xrwxrwx/);
  assert.match(write(place(0o766, 0, 0)) ?? "", /^no drwxrw-rw-/);
  const file = place(0o666, 0, 0, { type: "file" });
  assert.equal(write(file), "yes -rw-rw-rw- 0:0: everybody may []");
});

test("in a user namespace ids are those inside, and what has no mapping is nobody's", () => {
  const mappings = [{ containerID: 0, hostID: 65536, size: 65536 }];
  const spec: OciSpec = { linux: { uidMappings: mappings, gidMappings: mappings } };
  const status = { ...ROOT, Uid: "65536 65536 65536 65536", Gid: "65536 65536 65536 65536" };
  const given = { spec, status: { ...status, Groups: "65546" } };
  assert.match(write(place(0o700, 0, 0, { idMapped: true }), given) ?? "", /^yes .*uid 0 owns it/);
  assert.equal(
    write(place(0o700, 0, 0), given),
    "no drwx------ nobody:nobody: not for uid 0, groups 0 10 [runAsUser]",
  );
  const bind = told({ ...given, hostNetwork: true, hostSysctls: {} })[0];
  assert.match(bind ?? "", /^no .*CAP_NET_BIND_SERVICE is not the host's \[hostUsers\]$/);
});

test("where secctx is root of a user namespace only, the host's network and files are another's", () => {
  const given = { status: ROOT, hostNetwork: true, hostSysctls: {}, inUserNamespace: true };
  const [bind, , raw] = told(given);
  assert.equal(
    bind,
    "no ip_unprivileged_port_start 1024, CAP_NET_BIND_SERVICE is not the host's []",
  );
  assert.equal(raw, "no CAP_NET_RAW is not the host's []");
  assert.equal(told({ ...given, hostNetwork: false })[2], "yes CAP_NET_RAW [capabilities]");
  const foreign = place(0o755, 65534, 65534);
  assert.equal(
    write(foreign, given),
    "no drwxr-xr-x nobody:nobody: not for uid 0, groups 0 2000 [runAsUser]",
  );
  assert.match(write(foreign, { ...given, inUserNamespace: false }) ?? "", /^yes /);
});

test("port 80: the sysctl of the pod's network, then the capability", () => {
  const bind = (input: Partial<TriesInput>): string | undefined => told(input)[0];
  const lost =
    "no ip_unprivileged_port_start 1024, uid 1000 has lost CAP_NET_BIND_SERVICE [runAsUser]";
  assert.equal(bind({}), lost);
  assert.equal(bind({ status: ROOT }), "yes CAP_NET_BIND_SERVICE [capabilities]");
  const bare = { ...ROOT, CapEff: "0000000000000000", CapBnd: "0000000000000000" };
  assert.equal(
    bind({ status: bare }),
    "no ip_unprivileged_port_start 1024, no CAP_NET_BIND_SERVICE [capabilities]",
  );
  const sysctl = { "net.ipv4.ip_unprivileged_port_start": "0" };
  assert.equal(
    bind({ sandboxSpec: { linux: { sysctl } } }),
    "yes ip_unprivileged_port_start 0 [sysctls]",
  );
  // The sandbox's are not those of the host's network.
  assert.equal(bind({ sandboxSpec: { linux: { sysctl } }, hostNetwork: true }), lost);
  assert.equal(
    bind({ hostNetwork: true, hostSysctls: sysctl }),
    "yes ip_unprivileged_port_start 0 [hostNetwork]",
  );
});

test("setuid files give root's id, or to root the capabilities it lacks", () => {
  const setuid = (status: ProcStatus): string | undefined => told({ status })[1];
  assert.equal(setuid(USER), "yes no_new_privs is not set [allowPrivilegeEscalation]");
  assert.equal(setuid({ ...USER, NoNewPrivs: "1" }), "no NoNewPrivs [allowPrivilegeEscalation]");
  assert.equal(setuid(ROOT), "no uid 0 has all that it could gain [runAsUser]");
});

test("raw and ping sockets", () => {
  assert.deepEqual(told({}).slice(2), [
    "no uid 1000 has lost CAP_NET_RAW [runAsUser]",
    "no ping_group_range 1 0 []",
  ]);
  const sysctl = { "net.ipv4.ping_group_range": "0\t2000" };
  assert.deepEqual(told({ status: ROOT, spec: { linux: { sysctl } } }).slice(2), [
    "yes CAP_NET_RAW [capabilities]",
    "yes ping_group_range 0 2000 [sysctls]",
  ]);
});

test("a seccomp profile refuses before all else", () => {
  const seccomp = {
    defaultAction: "SCMP_ACT_ALLOW",
    syscalls: [
      {
        names: ["socket"],
        action: "SCMP_ACT_ERRNO",
        args: [{ index: 1, value: 3, op: "SCMP_CMP_EQ" }],
      },
      { names: ["execve"], action: "SCMP_ACT_KILL" },
    ],
  };
  assert.deepEqual(told({ status: ROOT, spec: { linux: { seccomp } } }), [
    "yes CAP_NET_BIND_SERVICE [capabilities]",
    "no the seccomp profile refuses execve [seccompProfile]",
    "no the seccomp profile refuses socket [seccompProfile]",
    "no ping_group_range 1 0 []",
  ]);
});

test("what the kernel said otherwise is a difference; what told nothing is none", () => {
  const what = "write /";
  assert.deepEqual(compareTries([{ what, predicted: true, allowed: true }]), []);
  assert.deepEqual(compareTries([{ what, predicted: true, allowed: null }]), []);
  assert.deepEqual(compareTries([{ what, predicted: true, allowed: false }]), [
    { field: "tries.write /", predicted: true, observed: false },
  ]);
});
