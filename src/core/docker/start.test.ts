import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import { composeWorld } from "../rules/world.ts";
import { wrapStartError } from "./start.ts";

const ERROR = "string SCMP_ACT_NOPE is not a valid action for seccomp";

function wrapped(version: Release, error = ERROR, phase?: "create" | "start"): string {
  return wrapStartError(error, composeWorld({ runtime: { name: "docker", version } }), phase);
}

test("runc's refusal, in the words of each release", () => {
  const shim = `failed to create shim task: OCI runtime create failed: runc create failed: ${ERROR}`;
  assert.equal(wrapped("20.10"), `${shim}: unknown`);
  assert.equal(wrapped("26.1"), `failed to create task for container: ${shim}: unknown`);
  assert.equal(wrapped("28.5"), `failed to create task for container: ${shim}`);
});

test("an init that is dead by the time of the start", () => {
  const dead = "container process is already dead";
  assert.equal(wrapped("20.10", dead, "start"), "cannot start a stopped process: unknown");
  assert.equal(
    wrapped("28.5", dead, "start"),
    "bind-mount /proc/<PID>/ns/net -> /var/run/docker/netns/<ID>: no such file or directory",
  );
});
