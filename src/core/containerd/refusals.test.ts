import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinuxContainerSecurityContext } from "../model/cri.ts";
import { composeWorld } from "../rules/world.ts";
import { type ContainerdInput, containerd } from "./containerd.ts";

function userns(host: number, length = 65536) {
  const line = [{ host_id: host, length }];
  return { namespace_options: { userns_options: { uids: line, gids: line } } };
}

interface RefusalRow {
  readonly why: string;
  readonly container?: object;
  readonly sandbox?: object;
  readonly version?: `${number}.${number}`;
  readonly more?: Partial<ContainerdInput>;
  readonly step: string;
  readonly error: string;
}

const REFUSALS: readonly RefusalRow[] = [
  {
    why: "another user namespace than the sandbox's",
    container: userns(100000),
    sandbox: userns(200000),
    step: "create",
    error:
      'failed to generate container "<ID>" spec: failed to generate spec opts: user namespace config for sandbox is different from container. Sandbox userns config: &UserNamespace{Mode:POD,Uids:[]*IDMapping{&IDMapping{HostId:200000,ContainerId:0,Length:65536,},},Gids:[]*IDMapping{&IDMapping{HostId:200000,ContainerId:0,Length:65536,},},} - Container userns config: &UserNamespace{Mode:POD,Uids:[]*IDMapping{&IDMapping{HostId:100000,ContainerId:0,Length:65536,},},Gids:[]*IDMapping{&IDMapping{HostId:100000,ContainerId:0,Length:65536,},},}',
  },
  {
    why: "a user namespace without its sandbox having one",
    container: userns(100000),
    version: "1.7",
    step: "create",
    error:
      'failed to generate container "<ID>" spec: user namespace config for sandbox is different from container. Sandbox userns config: nil - Container userns config: &UserNamespace{Mode:POD,Uids:[]*IDMapping{&IDMapping{HostId:100000,ContainerId:0,Length:65536,},},Gids:[]*IDMapping{&IDMapping{HostId:100000,ContainerId:0,Length:65536,},},}',
  },
  {
    why: "a user namespace without mappings, containerd 1.7",
    sandbox: { namespace_options: { userns_options: {} } },
    version: "1.7",
    step: "sandbox",
    error:
      'failed to generate sandbox container spec: user namespace configuration: can\'t use user namespace mode "POD" without UID and GID mappings',
  },
  {
    why: "a user namespace without mappings, containerd 2.1",
    sandbox: { namespace_options: { userns_options: {} } },
    step: "sandbox",
    error:
      'failed to create network namespace for sandbox "<ID>": required only one uid mapping, but got 0 uid mapping(s)',
  },
  {
    why: "mode NODE with mappings",
    sandbox: {
      namespace_options: { userns_options: { mode: "NODE", uids: [{ host_id: 1, length: 1 }] } },
    },
    step: "sandbox",
    error:
      'failed to start sandbox "<ID>": failed to generate sandbox container spec: user namespace configuration: can\'t use user namespace mode "NODE" with mappings. Got 1 UID mappings and 0 GID mappings',
  },
  {
    why: "a mapping of nothing, containerd 1.7",
    sandbox: userns(100000, 0),
    version: "1.7",
    step: "sandbox",
    error:
      "failed to generate sandbox container spec: user namespace configuration: UID mapping: invalid mapping length: 0",
  },
  {
    why: "a sandbox with a group and no user",
    sandbox: { run_as_group: { value: "5" } },
    version: "1.6",
    step: "sandbox",
    error:
      'failed to generate sanbdox container spec options: failed to generate user string: user group "5" is specified without user',
  },
  {
    why: "a sandbox with a profile that is not there",
    sandbox: { seccomp: { profile_type: "Localhost", localhost_ref: "relative.json" } },
    step: "sandbox",
    error:
      'failed to start sandbox "<ID>": failed to create containerd container: cannot load seccomp profile "relative.json": open relative.json: no such file or directory',
  },
  {
    why: "a seccomp type that nobody knows",
    container: { seccomp: { profile_type: 7 } },
    step: "create",
    error:
      "failed to get container spec opts: failed to generate seccomp spec opts: seccomp unknown ProfileType",
  },
  {
    why: "a user with three parts",
    container: { run_as_username: "a:b:c" },
    step: "create",
    error: "failed to create containerd container: invalid USER value a:b:c",
  },
  {
    why: "an id mapping on a mount, containerd 1.7",
    version: "1.7",
    more: { mounts: [{ container_path: "/d", host_path: "/h", uidMappings: [{ length: 1 }] }] },
    step: "create",
    error:
      'failed to generate container "<ID>" spec: failed to generate spec: idmap mounts not yet supported, but they were requested for: "/h"',
  },
  {
    why: "recursively read-only and writable",
    more: { mounts: [{ container_path: "/d", host_path: "/h", recursive_read_only: true }] },
    step: "create",
    error:
      'failed to generate container "<ID>" spec: failed to generate spec: recursive read-only mount conflicts with RW mount (hostPath="/h")',
  },
  {
    why: "a uid that the pod's user namespace does not have",
    container: { ...userns(100000, 1000), run_as_user: { value: "1000" } },
    sandbox: userns(100000, 1000),
    step: "start",
    error:
      "failed to update container IO owner: failed to do idmap to get host ID: container ID 1000 cannot be mapped to a host ID",
  },
];

for (const { why, container = {}, sandbox, version = "2.1", more, step, error } of REFUSALS) {
  test(`refused by ${version}: ${why}`, () => {
    const input: ContainerdInput = {
      sandbox: sandbox === undefined ? {} : { security_context: sandbox },
      image: { user: "" },
      container: container as LinuxContainerSecurityContext,
      ...more,
    };
    const world = composeWorld({ runtime: { name: "containerd", version } });
    const { out, gates, findings } = containerd(input, world);
    assert.equal(out.step, step);
    assert.equal(out.error, `rpc error: code = Unknown desc = ${error}`);
    assert.equal(gates.at(-1)?.finding?.message, out.error);
    assert.equal(findings[0]?.severity, "refusal");
  });
}
