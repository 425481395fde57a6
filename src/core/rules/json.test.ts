import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { JsonDecimal } from "../model/json.ts";
import { JsonSyntaxError, parseJson, writeJson } from "./json.ts";

test("integers beyond 2^53 stay exact", () => {
  assert.deepEqual(parseJson("[9007199254740993, 9007199254740991, -9223372036854775808]"), [
    9007199254740993n,
    9007199254740991,
    -9223372036854775808n,
  ]);
  assert.equal(writeJson({ a: 9007199254740993n }), '{"a":9007199254740993}');
});

test("a whole number with a fraction or exponent keeps its spelling on request", () => {
  const value = parseJson("[1000.0, 1e3, 1.5]", { keepDecimals: true });
  assert.deepEqual(value, [new JsonDecimal("1000.0"), new JsonDecimal("1e3"), 1.5]);
  assert.equal(writeJson(value), "[1000.0,1e3,1.5]");
});

test("a duplicate key is told and the last one wins", () => {
  const told: string[] = [];
  const value = parseJson('{"a":{"b":1,"b":2}}', {
    onDuplicate: (key, path) => told.push(`${path.join(".")}:${key}`),
  });
  assert.deepEqual(value, { a: { b: 2 } });
  assert.deepEqual(told, ["a:b"]);
});

test("__proto__ is a key like any other", () => {
  const value = parseJson('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.ok(Object.hasOwn(value, "__proto__"));
});

test("deep nesting ends in an error, not in a crash", () => {
  assert.throws(() => parseJson("[".repeat(20_000)), JsonSyntaxError);
});

test("what JSON.stringify writes is read back, indented or not", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      assert.deepEqual(JSON.parse(writeJson(parseJson(JSON.stringify(plain)))), plain);
      assert.equal(writeJson(plain, { indent: 2 }), JSON.stringify(plain, null, 2));
    }),
  );
});

test("any text gives a value or a JsonSyntaxError, as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (valid) parseJson(text);
      else assert.throws(() => parseJson(text), JsonSyntaxError);
    }),
  );
});

test("on request every number with a fraction or exponent keeps its spelling", () => {
  assert.deepEqual(parseJson("[1.50, 1e3, 2]", { keepDecimals: "all" }), [
    new JsonDecimal("1.50"),
    new JsonDecimal("1e3"),
    2,
  ]);
});

test("the members of an object with a key twice are kept on request, in the text's order", () => {
  const duplicates = new Map();
  const value = parseJson('{"a":{"x":1},"b":2,"a":{"y":{"z":1,"z":null}}}', { duplicates }) as {
    a: { y: object };
  };
  assert.deepEqual(value, { a: { y: { z: null } }, b: 2 });
  assert.deepEqual(duplicates.get(value), [
    ["a", { x: 1 }],
    ["b", 2],
    ["a", { y: { z: null } }],
  ]);
  assert.deepEqual(duplicates.get(value.a.y), [
    ["z", 1],
    ["z", null],
  ]);
  assert.equal(duplicates.size, 2);
});
