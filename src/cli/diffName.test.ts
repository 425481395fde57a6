import assert from "node:assert/strict";
import { test } from "node:test";
import { diffName } from "./diffName.ts";

for (const [file, name] of [
  ["a.yaml", "a.yaml"],
  ["./b/../a.yaml", "a.yaml"],
  ["/work/here/b/a.yaml", "b/a.yaml"],
  ["..a/b.yaml", "..a/b.yaml"],
  ["../a.yaml", "/work/a.yaml"],
  ["/etc/a.yaml", "/etc/a.yaml"],
  ["<stdin>", "<stdin>"],
] as const) {
  test(`in /work/here a diff calls ${file} ${name}`, () => {
    assert.equal(diffName(file, "/work/here"), name);
  });
}
