import assert from "node:assert/strict";
import { test } from "node:test";
import { positionsOf } from "./positions.ts";

for (const [name, filler] of [
  ["a short text", ""],
  ["a long text", "x".repeat(100)],
] as const) {
  test(`${name}: every line by its number, and none behind the last`, () => {
    const lines = Array.from({ length: 70 }, (_, index) => `line ${index + 1}${filler}`);
    for (const end of ["", "\n"]) {
      const positions = positionsOf(lines.join("\n") + end);
      for (const [index, line] of lines.entries())
        assert.deepEqual(positions.lines(index + 1, index + 1), [line]);
      for (const number of [0, 71, 72, 81, 1_000])
        assert.deepEqual(positions.lines(number, number), [""]);
    }
  });
}
