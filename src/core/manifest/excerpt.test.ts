// What of a text is shown around a place: the caret stands under its character, however long the lines are.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { excerptOf } from "./excerpt.ts";
import { positionsOf } from "./positions.ts";

function shown(text: string, offset: number): readonly string[] {
  const positions = positionsOf(text);
  return excerptOf(positions, positions.at(offset)).split("\n");
}

const LONG = `${"a".repeat(80)}${"b".repeat(80)}X${"c".repeat(80)}`;

test("a long line is shown around its place, with what is left out of it at both ends", () => {
  assert.deepEqual(shown(LONG, 160), [
    `1 | …${"b".repeat(49)}X${"c".repeat(48)}…`,
    `  | ${" ".repeat(50)}^`,
  ]);
  assert.deepEqual(shown(LONG, 0), [`1 | ${"a".repeat(80)}${"b".repeat(19)}…`, `  | ^`]);
  assert.deepEqual(shown(LONG, 240), [
    `1 | …${"b".repeat(18)}X${"c".repeat(80)}`,
    `  | ${" ".repeat(99)}^`,
  ]);
});

test("the lines before it are shown from their beginning", () => {
  assert.deepEqual(shown(`kind: Pod\n${"d".repeat(120)}\n${LONG}\n`, 131 + 160).slice(0, 2), [
    "1 | kind: Pod",
    `2 | ${"d".repeat(99)}…`,
  ]);
});

test("whatever the text and the place, the caret points at it, and no pair of characters is taken apart", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "é", "\u{1f600}", " ", "\n"),
    maxLength: 700,
  });
  fc.assert(
    fc.property(text, fc.nat(), (text, at) => {
      const offset = text.length === 0 ? 0 : at % text.length;
      const char = text[offset] ?? "";
      if (char.trim() === "") return;
      const lines = shown(text, offset);
      const [source = "", pointer = ""] = lines.slice(-2);
      assert.equal(source[pointer.indexOf("^")], char);
      assert.doesNotMatch(lines.join(""), /\ufffd/);
      assert.ok(lines.every((line) => line.length <= 110));
    }),
  );
});
