import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld } from "../rules/world.ts";
import { wrapExecError, wrapSandboxError, wrapStartError } from "./start.ts";

const OLD = composeWorld({ runtime: { name: "containerd", version: "1.7" } });
const NEW = composeWorld({});
const CREATE =
  "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ";

test("runc's refusal of a container, in the words of each release", () => {
  assert.equal(
    wrapStartError("no such thing", OLD),
    `rpc error: code = Unknown desc = ${CREATE}no such thing: unknown`,
  );
  assert.equal(
    wrapStartError("runc run failed: no such thing", NEW),
    `rpc error: code = Unknown desc = ${CREATE}no such thing`,
  );
});

test("an init process that is dead by the time of the start", () => {
  assert.equal(
    wrapStartError("container process is already dead", OLD, "start"),
    'rpc error: code = Unknown desc = failed to start containerd task "<CONTAINER>": cannot start a stopped process: unknown',
  );
  assert.equal(
    wrapStartError("cannot start an already running container", NEW, "start"),
    'rpc error: code = Unknown desc = failed to start containerd task "<CONTAINER>": OCI runtime start failed: cannot start an already running container',
  );
});

test("runc's refusal of a command inside", () => {
  const said =
    'failed to exec in container: failed to start exec "exec": OCI runtime exec failed: no';
  assert.equal(wrapExecError("no", "1.6"), `${said}: unknown`);
  assert.equal(wrapExecError("no", "2.1"), said);
});

test("runc's refusal of a sandbox", () => {
  assert.equal(
    wrapSandboxError("no", OLD),
    `rpc error: code = Unknown desc = ${CREATE}no: unknown`,
  );
  assert.equal(
    wrapSandboxError("no", NEW),
    `rpc error: code = Unknown desc = failed to start sandbox "<ID>": ${CREATE}no`,
  );
});
