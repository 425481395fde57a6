// What a stranger's text must not do to a terminal, and how text is laid out.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { printable, row, wrap } from "./columns.ts";

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

test("words are broken where the next one does not fit, and nowhere else", () => {
  const word = fc.string({ unit: fc.constantFrom(..."ab,/é"), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.integer({ min: 8, max: 30 }),
      (words, limit) => {
        const lines = wrap(words.join(" "), limit);
        assert.equal(lines.join(" "), words.join(" "));
        for (const [index, line] of lines.entries()) {
          assert.ok(line.length <= limit);
          const [next = ""] = (lines[index + 1] ?? "").split(" ");
          if (next !== "") assert.ok(line.length + 1 + next.length > limit);
        }
      },
    ),
  );
});

const WRAPPED: readonly (readonly [string, number, readonly string[]])[] = [
  ["", 3, [""]],
  ["abc ", 3, ["abc", ""]],
  [" abc def", 4, ["abc", "def"]],
  ["a  b", 3, ["a ", "b"]],
  ["a abcdefgh", 4, ["a", "abcd", "efgh"]],
  ["日本 日本", 4, ["日本", "日本"]],
  ["one\ntwo three", 5, ["one", "two", "three"]],
];
for (const [text, limit, lines] of WRAPPED) {
  test(`wrap ${JSON.stringify(text)} to ${limit}`, () =>
    assert.deepEqual(wrap(text, limit), lines));
}
