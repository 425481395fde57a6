import assert from "node:assert/strict";
import { test } from "node:test";
import { groupBy } from "./groupBy.ts";

test("groups and their items stay in order", () => {
  const groups = groupBy(["b1", "a1", "b2", "a2", "c"], (text) => text.slice(0, 1));
  assert.deepEqual(
    [...groups],
    [
      ["b", ["b1", "b2"]],
      ["a", ["a1", "a2"]],
      ["c", ["c"]],
    ],
  );
  assert.equal(groupBy([], String).size, 0);
});
