import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciNamespace } from "../model/oci.ts";
import type { Release } from "../model/version.ts";
import { composeWorld } from "../rules/world.ts";
import { wrapStartError } from "./start.ts";

const ERROR = "string SCMP_ACT_NOPE is not a valid action for seccomp";
const DEAD = "container process is already dead";
const OWN_NETWORK: OciNamespace = { type: "network" };

function wrapped(version: Release, error = ERROR, phase: "create" | "start" = "create"): string {
  return inNetwork(OWN_NETWORK, version, error, phase);
}

function inNetwork(
  network: OciNamespace | undefined,
  version: Release,
  error: string,
  phase: "create" | "start",
): string {
  const spec = { linux: { namespaces: network === undefined ? [] : [network] } };
  const world = composeWorld({ runtime: { name: "docker", version } });
  return wrapStartError({ error, phase, spec }, world);
}

test("runc's refusal, in the words of each release", () => {
  const shim = `failed to create shim task: OCI runtime create failed: runc create failed: ${ERROR}`;
  assert.equal(wrapped("20.10"), `${shim}: unknown`);
  assert.equal(wrapped("26.1"), `failed to create task for container: ${shim}: unknown`);
  assert.equal(wrapped("28.5"), `failed to create task for container: ${shim}`);
  assert.equal(wrapped("28.5", `runc create failed: ${ERROR}`), wrapped("28.5"));
});

test("an init that is dead by the time of the start", () => {
  assert.equal(wrapped("20.10", DEAD, "start"), "cannot start a stopped process: unknown");
  assert.equal(wrapped("26.1", DEAD, "start"), "cannot start a stopped process: unknown");
  assert.equal(
    wrapped("28.5", DEAD, "start"),
    "bind-mount /proc/<PID>/ns/net -> /var/run/docker/netns/<ID>: no such file or directory",
  );
});

test("a network namespace that is not the container's own need not be kept", () => {
  const joined: OciNamespace = { type: "network", path: "/proc/7/ns/net" };
  for (const network of [joined, undefined]) {
    assert.equal(inNetwork(network, "28.5", DEAD, "start"), "cannot start a stopped process");
  }
});

test("any other refusal of runc start", () => {
  const text = "OCI runtime start failed: no such process";
  assert.equal(wrapped("26.1", "no such process", "start"), `${text}: unknown`);
  assert.equal(wrapped("28.5", "runc start failed: no such process", "start"), text);
});

test("advice on files where folders are, and the other way round", () => {
  const notFolder = 'mount "/a" to rootfs at "/b": not a directory';
  const advice =
    ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";
  for (const version of ["20.10", "26.1", "28.5"] as const) {
    assert.ok(wrapped(version, notFolder).endsWith(advice), version);
  }
  assert.ok(wrapped("20.10", "exec /: is a directory").endsWith("is a directory: unknown"));
  assert.ok(wrapped("28.5", "exec /: is a directory").endsWith(": permission denied"));
  // Denied wins over the advice, but not in 20.10.
  const both = "not a directory, permission denied";
  assert.ok(wrapped("28.5", both).endsWith("permission denied"));
  assert.ok(wrapped("20.10", both).endsWith(advice));
});
