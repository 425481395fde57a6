import assert from "node:assert/strict";
import { test } from "node:test";
import { heldOutput } from "./heldOutput.ts";

test("what comes before the release is passed on with it, in order and once", () => {
  const heard: string[] = [];
  const held = heldOutput((stream, bytes) => heard.push(`${stream} ${bytes}`));
  held.write("stdout", Buffer.from("a"));
  held.write("stderr", Buffer.from("b"));
  assert.deepEqual(heard, []);
  held.release();
  assert.deepEqual(heard, ["stdout a", "stderr b"]);
  held.write("stdout", Buffer.from("c"));
  held.release();
  assert.deepEqual(heard, ["stdout a", "stderr b", "stdout c"]);
});
