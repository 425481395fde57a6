// What a stranger's text must not do to a terminal, and how text is laid out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { printable, row } from "./columns.ts";

const ROWS: readonly (readonly [string, string])[] = [
  ["plain é 日本 🎉", "plain é 日本 🎉"],
  ["\u001b[31mred\u0007", "\\x1b[31mred\\x07"],
  ["a\u202eb\u2066c", "a\\u202eb\\u2066c"],
  ["line\u2028end", "line\\u2028end"],
  ["\u009b31m", "\\x9b31m"],
];
for (const [text, shown] of ROWS) {
  test(`printable: ${shown}`, () => assert.equal(printable(text), shown));
}

test("a row keeps to its columns", () => {
  const cells = [{ text: "one two" }, { text: "three four" }];
  assert.deepEqual(row(cells, [{ width: 3 }, { width: 5 }], ""), ["one  three", "two  four"]);
});
