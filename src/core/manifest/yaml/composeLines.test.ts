import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DEFAULT_LIMITS } from "./budget.ts";
import { composeTokens } from "./compose.ts";
import { composeLines } from "./composeLines.ts";

const BY_LINES: Readonly<Record<string, string>> = {
  "a mapping": "a: 1\nb: two words\n",
  "behind a marker": "--- # first\na: 1\n",
  "indented as a whole": "  a: 1\n  b: 2\n",
  "without a break at its end": "a:\n- b",
  "null, at the end of a line": "a:\nb:   # nothing\nc:\n",
  "dashes under their key": "a:\n- b\n- c: 1\n  d:\n  - e\nf: 1\n",
  "dashes behind their key": "a:\n   - b\n   -\n   - c\nd: 1\n",
  "lists in lists": "- - a\n  - b\n-\n  - c\n- d:\n    - e\n",
  "comments anywhere": "# a\na: # b\n      # c\n  b: 1 # d\n# e\n  c: 2#3\n",
  "empty lines": "\n\na:\n\n  b: 1\n   \n\nc: 2\n\n",
  "words of YAML 1.1": "a: yes\nb: ~\nc: 0400\nd: 1_000\ne: .5\nf: -1\ng: --flag\n",
  "what looks like more": "a: b:c\nd: e#f\ng: http://h/i?j=k&l\nm: -n\no: 5*6\n",
  "quotes on one line": `a: "b: #c"\nd: 'e "f" '\ng: ""\n`,
  "flow on one line": "a: [b, 'c', {d: e f, g: [1, -2]}]\nh: {}\ni: [ ] # j\n",
  "letters beyond ASCII": "a: größer\nb: 日本\n",
};

const LEFT: Readonly<Record<string, string>> = {
  nothing: "",
  "comments alone": "# a\n",
  "a scalar alone": "a\n",
  "a flow collection alone": "{a: 1}\n",
  anchors: "a: &x 1\nb: *x\n",
  tags: "a: !!str 1\n",
  "merge keys": "a:\n  <<: {b: 1}\n",
  "block scalars": "a: |\n  b\n",
  "plain text over two lines": "a: b\n  c\n",
  "quotes over two lines": 'a: "b\n  c"\n',
  escapes: 'a: "\\n"\nb: 1\n',
  "doubled quotes": "a: 'it''s'\n",
  "flow over two lines": "a: [b,\n  c]\n",
  "keys alone in flow": "a: {b}\n",
  "pairs in a flow list": "a: [b: c]\n",
  "explicit keys": "? a\n: b\n",
  "quoted keys": '"a": 1\n',
  "keys that are no text": "1: a\n",
  "equal keys": "a: 1\na: 2\n",
  "a key that is a prototype": "__proto__: 1\n",
  "infinite numbers": "a: .inf\n",
  "a colon too many": "a: b: c\n",
  "an indentation that is none": "a:\n    b: 1\n  c: 2\n",
  "a key beside a list": "- a\nb: 1\n",
  "a list beside a key": "a: 1\n- b\n",
  tabs: "a:\t1\n",
  "carriage returns": "a: 1\r\n",
  "control characters": "a: \u0007\n",
  "a byte order mark": "\ufeffa: 1\n",
  "characters of two units": "a: 😀\n",
  "two documents": "a: 1\n---\nb: 1\n",
  "an end marker": "a: 1\n...\n",
  directives: "%YAML 1.1\n---\na: 1\n",
};

function whole(text: string): unknown {
  const { root, values, duplicates } = composeTokens(text, { limits: DEFAULT_LIMITS });
  assert.deepEqual(duplicates, []);
  return { root, values };
}

for (const [what, text] of Object.entries(BY_LINES)) {
  test(`by lines, node for node as by tokens: ${what}`, () => {
    assert.deepEqual(composeLines(text, DEFAULT_LIMITS), whole(text));
  });
}

for (const [what, text] of Object.entries(LEFT)) {
  test(`left to the scanner: ${what}`, () => {
    assert.equal(composeLines(text, DEFAULT_LIMITS), undefined);
  });
}

test("limits are the scanner's to tell", () => {
  const limits = { ...DEFAULT_LIMITS, values: 2 };
  assert.equal(composeLines("a: 1\nb: 2\n", limits), undefined);
  assert.equal(composeLines("a: 1\n", { ...DEFAULT_LIMITS, depth: 5 }), undefined);
});

const PIECES = [
  ...[
    "a",
    "b",
    "name",
    "1",
    "yes",
    "~",
    "-",
    "- ",
    ": ",
    ":",
    " ",
    "  ",
    "    ",
    "\n",
    "\n  ",
    "\n- ",
  ],
  ...[
    "#",
    " #",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ",",
    "?",
    "!",
    "&",
    "*",
    "|",
    ">",
    "---",
    "...",
    "é",
    "\t",
  ],
];

test("whatever the text, by lines is nothing else than by tokens", () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((all) => all.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const byLines = composeLines(text, DEFAULT_LIMITS);
      if (byLines !== undefined) assert.deepEqual(byLines, whole(text));
    }),
    { numRuns: 20_000 },
  );
});

test("a manifest that somebody's finger slipped in, too", () => {
  const slip = fc.tuple(fc.nat(100), fc.nat(3), fc.constantFrom("", ...PIECES));
  const slips = fc.array(slip, { minLength: 1, maxLength: 3 });
  const starts = fc.constantFrom(...Object.values(BY_LINES));
  fc.assert(
    fc.property(starts, slips, (start, all) => {
      let text = start;
      for (const [place, length, put] of all) {
        const at = place % (text.length + 1);
        text = text.slice(0, at) + put + text.slice(at + length);
      }
      const byLines = composeLines(text, DEFAULT_LIMITS);
      if (byLines !== undefined) assert.deepEqual(byLines, whole(text));
    }),
    { numRuns: 20_000 },
  );
});
