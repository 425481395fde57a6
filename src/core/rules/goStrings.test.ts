import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { goJsonString } from "./goJson.ts";
import { trimSpace, utf8Bytes, utf8Head, utf8Length } from "./goStrings.ts";
import { goQuote } from "./goText.ts";

/** Text, its `%q`, its JSON: as Go 1.26 prints them. */
const ROWS: readonly (readonly [string, string, string])[] = [
  ["", '""', '""'],
  ["plain text/1.0", '"plain text/1.0"', '"plain text/1.0"'],
  ['a"b\\c', '"a\\"b\\\\c"', '"a\\"b\\\\c"'],
  ["us<e>r&", '"us<e>r&"', '"us\\u003ce\\u003er\\u0026"'],
  ["a\tb\nc\r", '"a\\tb\\nc\\r"', '"a\\tb\\nc\\r"'],
  ["\u0007\b\f\v", '"\\a\\b\\f\\v"', '"\\u0007\\b\\f\\u000b"'],
  ["\u0000\u0001\u007f", '"\\x00\\x01\\x7f"', '"\\u0000\\u0001\u007f"'],
  ["ä ✓ 日本 😀", '"ä ✓ 日本 😀"', '"ä ✓ 日本 😀"'],
  ["\u00a0\u200b\u2028", '"\\u00a0\\u200b\\u2028"', '"\u00a0\u200b\\u2028"'],
  ["\u{e0001}", '"\\U000e0001"', '"\u{e0001}"'],
  ["\ud800x", '"\ufffdx"', '"\ufffdx"'],
];

for (const [text, quoted, json] of ROWS) {
  test(`${JSON.stringify(text)} as Go prints it`, () => {
    assert.equal(goQuote(text), quoted);
    assert.equal(goJsonString(text), json);
  });
}

test("Go's JSON reads back as the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(JSON.parse(goJsonString(text)), text);
    }),
  );
});

test("bytes in UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(utf8Length(text), Buffer.byteLength(text));
    }),
  );
  assert.equal(utf8Length("\ud800"), 3);
});

test("white space as Go sees it", () => {
  assert.equal(trimSpace("\u0085 \u00a0a b\u3000\v\n"), "a b");
  assert.equal(trimSpace("\ufeffa"), "\ufeffa");
  assert.equal(trimSpace(" \t"), "");
});

test("bytes of a text, and its head by bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(40), (text, length) => {
      assert.deepEqual(utf8Bytes(text), [...Buffer.from(text)]);
      if (/^[\0-\x7f]*$/.test(text)) assert.equal(utf8Head(text, length), text.slice(0, length));
    }),
  );
  assert.equal(utf8Head("aä✓", 2), "a\ufffd");
  assert.equal(utf8Head("aä✓", 5), "aä\ufffd\ufffd");
  assert.equal(utf8Head("aä✓", 6), "aä✓");
});
