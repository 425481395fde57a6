import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { floatKey, parseFloat64, parseInteger } from "./numbers.ts";

const INTEGERS: readonly (readonly [string, number | bigint | undefined])[] = [
  ["0", 0],
  ["-0", 0],
  ["+7", 7],
  ["00", 0],
  ["0_7", 7],
  ["1_", 1],
  ["_1", 1],
  ["08", undefined],
  ["0x", undefined],
  ["-0b11", -3],
  ["0b+11", 3],
  ["-9223372036854775808", -9223372036854775808n],
  ["-9223372036854775809", undefined],
  ["+9223372036854775808", undefined],
  ["18446744073709551615", 18446744073709551615n],
  ["18446744073709551616", undefined],
  ["0x0000000000000000000000000000000001", 1],
  ["1".repeat(1000), undefined],
  ["", undefined],
];

for (const [text, expected] of INTEGERS) {
  test(`parseInteger(${text.slice(0, 40)})`, () => assert.equal(parseInteger(text), expected));
}

const FLOATS: readonly (readonly [string, number | bigint | undefined])[] = [
  ["1.", 1],
  [".5", 0.5],
  [".1_", undefined],
  ["._1", undefined],
  ["1e", undefined],
  ["1e400", undefined],
  ["1e20", 100000000000000000000n],
  ["inf", undefined],
];

for (const [text, expected] of FLOATS) {
  test(`parseFloat64(${text})`, () => assert.equal(parseFloat64(text), expected));
}

const KEYS: readonly (readonly [number, string])[] = [
  [1000, "1000"],
  [999999, "999999"],
  [1000000, "1e+06"],
  [1e21, "1e+21"],
  [0.1, "0.1"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [123.456789012, "123.45679"],
  [-0.5, "-0.5"],
  [-0, "-0"],
  [1e300, ".inf"],
  [Number.NEGATIVE_INFINITY, "-.inf"],
  [Number.NaN, ".nan"],
];

for (const [value, expected] of KEYS) {
  test(`floatKey(${value})`, () => assert.equal(floatKey(value), expected));
}

test("every 64-bit integer is read as itself", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
      assert.equal(BigInt(parseInteger(String(value)) ?? "none"), value);
    }),
  );
});
