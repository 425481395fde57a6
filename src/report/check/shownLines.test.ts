// How much of a suggestion is shown, and that no line of a manifest runs away with the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SuggestedLine } from "../../core/answers/fix/hunks.ts";
import { shownLines } from "./shownLines.ts";

function line(sign: "-" | "+", text: string): SuggestedLine {
  return { sign, text };
}

test("ten lines are shown whole, of eleven nine", () => {
  const lines = Array.from({ length: 11 }, (_, index) => line("+", `a${index}`));
  assert.deepEqual(shownLines(lines.slice(1), 20), { lines: lines.slice(1), left: 0 });
  assert.deepEqual(shownLines(lines, 20), { lines: lines.slice(0, 9), left: 2 });
});

test("of a long line what is before and after the change is cut", () => {
  const rest = "x".repeat(1000);
  const { lines } = shownLines(
    [line("-", `${rest}: 1 ${rest}`), line("+", `${rest}: 2 ${rest}`)],
    30,
  );
  assert.deepEqual(lines, [
    line("-", `…${"x".repeat(14)}: 1 ${"x".repeat(10)}…`),
    line("+", `…${"x".repeat(14)}: 2 ${"x".repeat(10)}…`),
  ]);
});

test("control characters are shown as what they are", () => {
  assert.deepEqual(shownLines([line("+", "a\u001b[31m\u202eb")], 30).lines, [
    line("+", "a\\x1b[31m\\u202eb"),
  ]);
});
