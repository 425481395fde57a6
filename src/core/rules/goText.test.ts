import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareGoStrings, goQuote, sortedSet } from "./goText.ts";

test("goQuote escapes as strconv.Quote does", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["", '""'],
    ["plain text", '"plain text"'],
    ['say "x"', '"say \\"x\\""'],
    ["a\\b", '"a\\\\b"'],
    ["\x07\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'],
    ["\x00\x1b\x7f", '"\\x00\\x1b\\x7f"'],
    ["é✓漢", '"é✓漢"'],
    ["\u00a0\u200b\u2028", '"\\u00a0\\u200b\\u2028"'],
    ["😀", '"😀"'],
    ["\u{e0001}", '"\\U000e0001"'],
    ["\ud800", '"\ufffd"'],
  ];
  for (const [text, quoted] of rows) assert.equal(goQuote(text), quoted);
});

test("compareGoStrings orders as the UTF-8 bytes do", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      assert.equal(Math.sign(compareGoStrings(a, b)), bytes);
    }),
  );
  assert.ok(compareGoStrings("\uff00", "😀") < 0, "UTF-16 would say otherwise");
});

test("sortedSet keeps each text once", () => {
  assert.deepEqual(sortedSet(["9090", "80", "9090", "8080"]), ["80", "8080", "9090"]);
});
