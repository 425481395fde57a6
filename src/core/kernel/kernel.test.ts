import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciProcess, OciSpec } from "../model/oci.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type KernelInput, kernel } from "./kernel.ts";

const NBS = ["CAP_NET_BIND_SERVICE"];
const ALL_41 = "000001ffffffffff";

function answer(
  process: OciProcess,
  {
    exec,
    linux,
    world = {},
  }: Partial<KernelInput> & { linux?: OciSpec["linux"]; world?: WorldFile } = {},
) {
  const spec: OciSpec = { process, ...(linux === undefined ? {} : { linux }) };
  return kernel({ spec, ...(exec === undefined ? {} : { exec }) }, composeWorld(world)).out;
}

function runcOf(version: "1.1" | "1.3"): WorldFile {
  return { runtime: { ociRuntime: { name: "runc", version } } };
}

test("capabilities absent: nothing with runc 1.1, all of the host's with 1.3", () => {
  const root = { user: { uid: 0, gid: 0 } };
  assert.equal(answer(root, { world: runcOf("1.1") }).status?.CapEff, "0000000000000000");
  assert.equal(answer(root, { world: runcOf("1.3") }).status?.CapEff, ALL_41);
  assert.equal(answer({ ...root, capabilities: {} }).status?.CapBnd, "0000000000000000");
});

test("root gets at the exec what is bounding, even if nothing was permitted", () => {
  const { status } = answer({ user: { uid: 0, gid: 0 }, capabilities: { bounding: NBS } });
  assert.equal(status?.CapEff, "0000000000000400");
  const strict = answer({
    user: { uid: 0, gid: 0 },
    capabilities: { bounding: NBS },
    noNewPrivileges: true,
  });
  assert.equal(strict.status?.CapEff, "0000000000000000");
});

test("a capability that the host lacks is refused, in bounding alone it is silently absent", () => {
  const world = { node: { capabilities: ["CAP_SETPCAP", "CAP_NET_BIND_SERVICE"] } };
  const names = ["CAP_SYS_RESOURCE"];
  const user = { uid: 0, gid: 0 };
  const permitted = { bounding: names, effective: names, permitted: names };
  assert.deepEqual(answer({ user, capabilities: permitted }, { world }), {
    error: "capset: operation not permitted",
  });
  const bounding = answer({ user, capabilities: { bounding: names } }, { world });
  assert.equal(bounding.status?.CapBnd, "0000000000000000");
});

test("a runtime without CAP_SETPCAP cannot cut the bounding set", () => {
  const world = { node: { capabilities: ["CAP_KILL"] } };
  const { status } = answer({ user: { uid: 1000, gid: 0 }, capabilities: {} }, { world });
  assert.equal(status?.CapBnd, "0000000000000020");
});

test("ids of a user namespace are shown as the host's, groups sorted", () => {
  const mapping = [{ containerID: 0, hostID: 100000, size: 65536 }];
  const linux = {
    namespaces: [{ type: "user" as const }],
    uidMappings: mapping,
    gidMappings: mapping,
  };
  const { status } = answer(
    { user: { uid: 1000, gid: 7, additionalGids: [50, 7] }, capabilities: {} },
    { linux },
  );
  assert.equal(status?.Uid, "101000 101000 101000 101000");
  assert.equal(status?.Groups, "100007 100050");
  const unmapped = answer({ user: { uid: 70000, gid: 0 }, capabilities: {} }, { linux });
  assert.deepEqual(unmapped, { error: "setuid: invalid argument" });
});

test("in a user namespace the image's setuid bits count only when its files are id-mapped", () => {
  const mapping = [{ containerID: 0, hostID: 100000, size: 65536 }];
  const linux = {
    namespaces: [{ type: "user" as const }],
    uidMappings: mapping,
    gidMappings: mapping,
  };
  const process = { user: { uid: 1000, gid: 0 }, capabilities: { bounding: NBS } };
  const old = { runtime: { name: "containerd", version: "1.7" } } as const;
  const exec = { setuid: true };
  assert.equal(answer(process, { linux, exec }).status?.Uid, "101000 100000 100000 100000");
  assert.equal(
    answer(process, { linux, exec, world: old }).status?.Uid,
    "101000 101000 101000 101000",
  );
});

test("a chain of programs: what the shell has lost its command does not get", () => {
  const process = {
    user: { uid: 1000, gid: 0 },
    noNewPrivileges: true,
    capabilities: { bounding: NBS, effective: NBS, permitted: NBS },
  };
  const setcap = { fileCapabilities: "cap_net_bind_service+ep" };
  assert.equal(answer(process, { exec: setcap }).status?.CapEff, "0000000000000400");
  assert.equal(answer(process, { exec: [{}, setcap] }).status?.CapEff, "0000000000000000");
  assert.deepEqual(answer(process, { exec: { fileCapabilities: "cap_net_raw+ep" } }), {
    error: "exec: operation not permitted",
  });
});
