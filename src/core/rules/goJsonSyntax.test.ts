import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { goJsonSyntaxError } from "./goJsonSyntax.ts";

/** Text and what Go 1.26's json.Unmarshal says of it. */
const ROWS: readonly (readonly [string, string])[] = [
  ["", "unexpected end of JSON input"],
  ["{", "unexpected end of JSON input"],
  ["tru", "invalid character ' ' in literal true (expecting 'e')"],
  ["-", "invalid character ' ' in numeric literal"],
  ["1e", "invalid character ' ' in exponent of numeric literal"],
  ['"a', "unexpected end of JSON input"],
  ['"\\', "invalid character ' ' in string escape code"],
  ['"\\u0', "invalid character ' ' in \\u hexadecimal character escape"],
  ["{not json", "invalid character 'n' looking for beginning of object key string"],
  ["{,}", "invalid character ',' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ["[1 2]", "invalid character '2' after array element"],
  ["[,]", "invalid character ',' looking for beginning of value"],
  ["[1,]", "invalid character ']' looking for beginning of value"],
  ["1 2", "invalid character '2' after top-level value"],
  ["01", "invalid character '1' after top-level value"],
  ["trux", "invalid character 'x' in literal true (expecting 'e')"],
  ["nUll", "invalid character 'U' in literal null (expecting 'u')"],
  ["'a'", "invalid character '\\'' looking for beginning of value"],
  ["-x", "invalid character 'x' in numeric literal"],
  ["1.x", "invalid character 'x' after decimal point in numeric literal"],
  ["1e+x", "invalid character 'x' in exponent of numeric literal"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
  ["ä", "invalid character 'Ã' looking for beginning of value"],
  ["\u0000", "invalid character '\\x00' looking for beginning of value"],
];

for (const [text, message] of ROWS) {
  test(`${JSON.stringify(text)}: ${message}`, () => assert.equal(goJsonSyntaxError(text), message));
}

test("JSON is valid, however it is indented", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      assert.equal(goJsonSyntaxError(text), undefined);
    }),
  );
});

test("what JavaScript refuses, Go refuses", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,01-.eEtrufalsn\\ ') }), (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      assert.equal(goJsonSyntaxError(text) === undefined, valid);
    }),
    { numRuns: 2000 },
  );
});

test("ten thousand levels and no more", () => {
  assert.equal(goJsonSyntaxError("[".repeat(10_000) + "]".repeat(10_000)), undefined);
  assert.equal(goJsonSyntaxError("[".repeat(10_001)), "exceeded max depth");
});
