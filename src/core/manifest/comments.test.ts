// What a comment is about: the line that it stands on or above, and everything that begins there.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commentsMarked } from "./comments.ts";

const CASES: readonly [string, string, string | undefined][] = [
  [
    "behind a value: the field",
    "spec:\n  hostPID: true # mark a: b\n  hostIPC: true\n",
    "hostPID: true",
  ],
  [
    "above a field: all of it",
    "spec:\n  # mark a: b\n  securityContext:\n    runAsUser: 0\n  x: 1\n",
    "securityContext:\n    runAsUser: 0",
  ],
  [
    "above an item: the item, not the list",
    "containers:\n# mark a: b\n- name: c\n  image: x\n- name: d\n",
    "name: c\n  image: x",
  ],
  [
    "behind an item's first line: the item",
    "containers:\n  - name: c # mark a: b\n    image: x\n",
    "name: c # mark a: b\n    image: x",
  ],
  ["above the document: the document", "# mark a: b\n\n# c\na: 1\nb: 2\n---\nc: 3\n", "a: 1\nb: 2"],
  [
    "before the document's marker: the document behind it",
    "x: 1\n---\n# mark a: b\na: 1\n",
    "a: 1",
  ],
  ["behind a flow line: all that begins on it", "a: { b: 1, c: 2 } # mark a: b\nd: 1\n", undefined],
  ["with nothing below: nothing", "a: 1\n# mark a: b\n", ""],
  ["CRLF", "a: 1\r\nb: # mark a: b\r\n  c: 2\r\nd: 3\r\n", "b: # mark a: b\r\n  c: 2"],
];
for (const [title, text, expected] of CASES) {
  test(title, () => {
    const [comment, ...others] = commentsMarked(text, "mark");
    assert.ok(comment);
    assert.equal(others.length, 0);
    assert.equal(comment.text, "a: b");
    if (expected !== undefined) assert.equal(text.slice(comment.from, comment.to), expected);
    assert.equal(text[comment.at.offset], "#");
  });
}

test("no comment: inside of strings, other words, no space before the number sign", () => {
  for (const text of [
    "a: |\n  # mark a: b\n  x\n",
    'a: "x # mark a: b"\n',
    "a: 'x\n  # mark a: b\n  y'\n",
    "a: x# mark a: b\n",
    "a: 1 # marked a: b\n",
  ]) {
    assert.deepEqual(commentsMarked(text, "mark"), [], text);
  }
});

test("any text: places inside of it, or none", () => {
  const part = fc.constantFrom(
    "# mark x: y",
    "a:",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "|",
    "---\n",
    "'",
    "b",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join("");
      for (const { from, to, at } of commentsMarked(text, "mark")) {
        assert.ok(0 <= from && from <= to && to <= text.length);
        assert.equal(text[at.offset], "#");
      }
    }),
  );
});
