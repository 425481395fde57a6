import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseJson, writeJson } from "../../rules/json.ts";
import { DEFAULT_LIMITS } from "../yaml/budget.ts";
import { readJson } from "./jsonDocument.ts";

const ERRORS: readonly (readonly [string, string, number])[] = [
  ["{a: 1}", "invalid character 'a' looking for beginning of object key string", 1],
  ['{"a" 1}', "invalid character '1' after object key", 5],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair", 7],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string", 7],
  ["[1 2]", "invalid character '2' after array element", 3],
  ["[01]", "invalid character '1' after array element", 2],
  ["[1,]", "invalid character ']' looking for beginning of value", 3],
  ["[-]", "invalid character ']' in numeric literal", 2],
  ["[1.]", "invalid character ']' after decimal point in numeric literal", 3],
  ["[1e+]", "invalid character ']' in exponent of numeric literal", 4],
  ["[trie]", "invalid character 'i' in literal true (expecting 'u')", 3],
  ['["\\q"]', "invalid character 'q' in string escape code", 3],
  ['["\\u12x"]', "invalid character 'x' in \\u hexadecimal character escape", 6],
  ['["a\tb"]', "invalid character '\\t' in string literal", 3],
  ["['a']", "invalid character '\\'' looking for beginning of value", 1],
  ["[é]", "invalid character 'Ã' looking for beginning of value", 1],
  ['{"a":', "unexpected EOF", 5],
  ['["a', "unexpected EOF", 3],
];

for (const [text, message, offset] of ERRORS) {
  test(`${text}: ${message}`, () => {
    assert.throws(() => readJson(text, 0, DEFAULT_LIMITS), { message, offset });
  });
}

test("every JSON value is read back equal, wherever it begins", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const written = parseJson(JSON.stringify(value));
      const text = `{} ${writeJson(written, { indent })} {`;
      const { root, end } = readJson(text, 2, DEFAULT_LIMITS);
      assert.deepEqual(root.json, written);
      assert.equal(text.slice(end), " {");
    }),
  );
});

test("integers are exact, whole floats become integers, lone surrogates are replaced", () => {
  const { root } = readJson('[9007199254740993, 1e3, 1.5, "\\ud800", "\\/"]', 0, DEFAULT_LIMITS);
  assert.deepEqual(root.json, [9007199254740993n, 1000, 1.5, "\ufffd", "/"]);
});

test("limits", () => {
  const limits = { ...DEFAULT_LIMITS, depth: 3, values: 5 };
  assert.throws(() => readJson("[[[[]]]]", 0, limits), {
    message: "nested deeper than 3 levels",
    offset: 3,
  });
  assert.throws(() => readJson("[1,2,3,4,5]", 0, limits), {
    message: "holds more than 5 values",
    offset: 9,
  });
  assert.throws(() => readJson("[1e999]", 0, DEFAULT_LIMITS), {
    message: 'strconv.ParseFloat: parsing "1e999": value out of range',
  });
});
