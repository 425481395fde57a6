// What is said beside the reader's words where a text is no YAML or JSON: once for each slip, and never beside another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "./manifest.ts";

const TAB = "YAML is indented with spaces, and here stands a tab";
const COMMENT =
  "JSON has no comments, and those of YAML, which Kubernetes reads as well, begin with #";
const VIOLATES = "yaml: found a tab character that violates indentation";
const STARTS = "yaml: found character that cannot start any token";
const VALUES = "yaml: mapping values are not allowed in this context";

const ROWS: readonly (readonly [string, string, string | undefined])[] = [
  ["spec:\n\ta: 1\n", STARTS, TAB],
  ["spec:\n  \ta: 1\n", STARTS, TAB],
  ["spec:\n  a: 1\n\tb: 2\n", VIOLATES, TAB],
  ["a: |\n  x\n\ty\n", "yaml: found a tab character where an indentation space is expected", TAB],
  ["a: @x\n", STARTS, undefined],
  [
    '{\n  // why\n  "a": 1\n}',
    "invalid character '/' looking for beginning of object key string",
    COMMENT,
  ],
  ['{"a": 1 /* why */, "b": {]}', "invalid character '/' after object key:value pair", COMMENT],
  ['// why\n{\n  "a": 1\n}', VALUES, COMMENT],
  ["a: 1\n---\n// why\nb: 1\n", VALUES, COMMENT],
  ["// why\n---\na: 1 // x\n  b: 2", VALUES, undefined],
  ["url: http://x\n  b: 2\n", VALUES, undefined],
];

for (const [text, message, hint] of ROWS) {
  test(`${JSON.stringify(text)}: ${hint ?? "no hint"}`, () => {
    const [error] = readManifest(text, "a.yaml").errors;
    assert.equal(error?.message, message);
    assert.equal(error?.hint, hint);
  });
}
