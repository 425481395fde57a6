import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import { composeWorld } from "../rules/world.ts";
import { startWithDocker } from "./docker.ts";
import { sandboxRefusal } from "./dockerSandbox.ts";

function start(hostConfig: object, version: Release = "28.5") {
  const world = composeWorld({ runtime: { name: "docker", version } });
  const input = { config: {}, hostConfig: { ...hostConfig }, image: { user: "" } };
  return startWithDocker(input, world);
}

const BAD_ACTION = { SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_NOPE"}'] };
const SAID = "string SCMP_ACT_NOPE is not a valid action for seccomp";

test("what runc refuses is a refused start; the spec stays", () => {
  const { out, gates } = start(BAD_ACTION);
  assert.equal(out.step, "start");
  assert.equal(
    out.error,
    `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ${SAID}`,
  );
  assert.equal(out.spec?.linux?.seccomp?.defaultAction, "SCMP_ACT_NOPE");
  assert.ok(gates.some(({ stage, finding }) => stage === "runc" && finding !== undefined));
});

test("what dockerd refuses never gets to runc", () => {
  const { out, gates } = start({ CapAdd: ["NOPE"] });
  assert.deepEqual(out, {
    step: "create",
    error: 'invalid CapAdd: unknown capability: "CAP_NOPE"',
  });
  assert.ok(gates.every(({ stage }) => stage === "docker"));
});

test("in the host's network 20.10 keeps a namespace, and runc sees whose it is", () => {
  const hostConfig = { NetworkMode: "host", Sysctls: { "net.ipv4.ip_forward": "1" } };
  const refused = 'sysctl "net.ipv4.ip_forward" not allowed in host network namespace';
  for (const version of ["20.10", "28.5"] as const) {
    assert.ok(start(hostConfig, version).out.error?.includes(refused), version);
  }
});

test("a sandbox that does not start, in dockershim's words", () => {
  const world = composeWorld({ runtime: { name: "dockershim" } });
  const sandbox = (hostConfig: object) =>
    sandboxRefusal({ config: {}, hostConfig: { ...hostConfig } }, "web", world);
  assert.equal(sandbox({}), undefined);
  assert.equal(
    sandbox(BAD_ACTION),
    `failed to start sandbox container for pod "web": Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: ${SAID}: unknown`,
  );
  assert.equal(
    sandbox({ SecurityOpt: ["x"] }),
    'failed to create a sandbox for pod "web": Error response from daemon: invalid --security-opt 1: "x"',
  );
});
