import assert from "node:assert/strict";
import { test } from "node:test";
import { freeRange, mapWords, rangesOf } from "./subordinateIds.ts";

const TEXT =
  "ann:100000:65536\nbob:165536:1000\n1001:300000:10\nbob:400000:0\nbroken\nbob:200000:24\n";

test("a user has the ranges of its name and of its number", () => {
  assert.deepEqual(rangesOf(TEXT, { name: "ann", id: 1000 }), [{ first: 100000, count: 65536 }]);
  assert.deepEqual(rangesOf(TEXT, { name: "bob", id: 1001 }), [
    { first: 165536, count: 1000 },
    { first: 300000, count: 10 },
    { first: 200000, count: 24 },
  ]);
  assert.deepEqual(rangesOf(TEXT, { name: "an", id: 1 }), []);
  assert.deepEqual(rangesOf("", { name: "ann", id: 1000 }), []);
});

test("the user is 0, and the ranges follow from 1 on without a gap", () => {
  assert.deepEqual(mapWords(1001, rangesOf(TEXT, { name: "bob", id: 1001 })), [
    ...["0", "1001", "1"],
    ...["1", "165536", "1000"],
    ...["1001", "300000", "10"],
    ...["1011", "200000", "24"],
  ]);
});

test("a range that nobody has lies behind all others", () => {
  assert.deepEqual(freeRange([]), { first: 100000, count: 65536 });
  assert.deepEqual(freeRange(["ann:500:10\n"]), { first: 100000, count: 65536 });
  assert.deepEqual(freeRange([TEXT, "ann:500000:7\n"]), { first: 500007, count: 65536 });
});
