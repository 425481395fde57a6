import assert from "node:assert/strict";
import { test } from "node:test";
import { excerptLines } from "./excerptLines.ts";

const ROWS: readonly (readonly [why: string, code: string, column: number, blank: string])[] = [
  ["one column a character", "a: 5", 4, "   "],
  ["two columns a character", "日本: 5", 5, " ".repeat(6)],
  ["a pair that is one character of two columns", "\u{1f600}: 5", 5, " ".repeat(4)],
  ["a pair that is one character of one column", "\u{1d4b3}: 5", 5, " ".repeat(3)],
  ["a mark without a column", "e\u0301: 5", 5, " ".repeat(3)],
  ["a character that is told by its number", "\u200e: 5", 4, " ".repeat(8)],
  ["a tab", "\ta: 5", 5, "\t   "],
];
for (const [why, code, column, blank] of ROWS) {
  test(`the caret stands under its character: ${why}`, () => {
    const pointer = `  | ${code.slice(0, column - 1).replace(/[^\t]/g, " ")}^`;
    assert.equal(excerptLines(`1 | ${code}\n${pointer}`).at(-1), `  | ${blank}^`);
  });
}
