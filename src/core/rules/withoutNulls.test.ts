import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withoutNulls } from "./withoutNulls.ts";

test("null keys go at every depth, nulls of a list stay", () => {
  const value = { a: null, b: { c: null, d: [1, null, { e: null, f: 2 }] } };
  assert.deepEqual(withoutNulls(value), { b: { d: [1, null, { f: 2 }] } });
  assert.equal(value.a, null, "the input is not changed");
});

test("what holds no null is the very same object", () => {
  const value = { a: { b: [1, { c: "x" }] } };
  assert.equal(withoutNulls(value), value);
});

test("it is what JSON says with a replacer", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      const told = JSON.parse(JSON.stringify(plain), function (this: unknown, _key, item) {
        return item === null && !Array.isArray(this) ? undefined : item;
      });
      assert.deepEqual(withoutNulls(plain), plain === null ? null : told);
    }),
  );
});
