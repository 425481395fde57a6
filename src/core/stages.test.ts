import assert from "node:assert/strict";
import { test } from "node:test";
import { WorldError } from "./rules/world.ts";
import { runStage, STAGES, StageLineError } from "./stages.ts";

const SPEC = {
  process: { args: ["x"], cwd: "/", user: { uid: 3000000000, gid: 0 } },
  root: { path: "rootfs" },
};

test("id comes back first, the world is merged over the base", () => {
  const old = { runtime: { ociRuntime: { name: "runc", version: "1.1" } } };
  const answered = runStage("runc", { spec: SPEC, id: 7, world: old });
  assert.deepEqual(Object.keys(answered), ["id", "error", "phase", "warnings"]);
  assert.deepEqual(runStage("runc", { spec: SPEC }), { ok: true, warnings: [] });
});

test("a line that is no input", () => {
  assert.throws(() => runStage("runc", [1]), new StageLineError("the line is no JSON object"));
  assert.throws(() => runStage("runc", { id: 1 }), new StageLineError('stage runc needs "spec"'));
  assert.throws(
    () => runStage("apiserver", { operation: "create", kind: "Pod" }),
    new StageLineError('stage apiserver needs "object" or "raw"'),
  );
  assert.throws(() => runStage("runc", { spec: SPEC, world: 1 }), StageLineError);
  assert.throws(
    () => runStage("runc", { spec: SPEC, world: { runtime: { name: "podman" } } }),
    WorldError,
  );
});

test("every stage says what it does", () => {
  for (const [name, { summary, needs }] of Object.entries(STAGES)) {
    assert.ok(summary.length > 0 && needs.length > 0, name);
  }
});
