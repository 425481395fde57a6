import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { JsonDecimal, type JsonValue } from "../model/json.ts";
import { parseJson, writeJson } from "../rules/json.ts";
import { answerYaml, yamlStream, yamlValue } from "./yaml.ts";

const VALUES: readonly (readonly [string, JsonValue, string])[] = [
  ["yes", true, "YAML 1.1's words are bools"],
  ["n", false, "even one letter"],
  ["yEs", "yEs", "but not in any case"],
  ["'yes'", "yes", "nor quoted"],
  ["~", null, "a tilde is null"],
  ["0400", 256, "a leading zero is octal"],
  ["0o400", 256, "so is 0o"],
  ["08", 8, "an 8 makes it a float, whole"],
  ["0b101", 5, "binary"],
  ["0X1f", 31, "hexadecimal"],
  ["1_000", 1000, "underscores are dropped"],
  ["0b-1", -1, "upstream's binary numbers have a sign of their own"],
  ["1e3", 1000, "a whole float becomes an integer"],
  ["1000.0", 1000, "however it is written"],
  [".1_1", 0.11, "Go reads underscores between digits"],
  ["-1e400", "-1e400", "what no float holds is text"],
  ["9007199254740993", 9007199254740993n, "integers are exact"],
  ["18446744073709551615", 18446744073709551615n, "up to uint64"],
  ["18446744073709551616", 18446744073709552000n, "a float beyond, as Go prints it"],
  ["1e21", 1e21, "from there on with an exponent"],
  ["1:30", "1:30", "no base 60"],
  ["2001-01-01", "2001-01-01", "a timestamp stays text"],
  ["!!str 5", "5", "a tag decides"],
  ["!!float 5", 5, "an int may be a float"],
  ['!!int "5"', 5, "a tag looks into quotes"],
  ["!custom 5", "5", "an unknown tag makes text"],
  ["!!binary aGk=", "hi", "base64"],
  ["!!binary /w==", "\ufffd", "bytes that are no text are replaced"],
  ['"a\\x41\\u00e9\\\n  b"', "aAéb", "escapes, and a line that goes on"],
  ["'it''s'", "it's", "a doubled quote"],
  ["a\n  b\n\n  c", "a b\nc", "plain text folds"],
  ["|\n  a\n   b\n", "a\n b\n", "literal"],
  [">-\n  a\n  b\n\n  c\n", "a b\nc", "folded, its end stripped"],
  ["|2+\n   a\n\n", " a\n\n", "indentation told, its end kept"],
  ["[]: v", [], "upstream forgets that an empty list might have been a key"],
  ["[a: b, c]", [{ a: "b" }, "c"], "a pair in a list"],
  ["{a, b: }", { a: null, b: null }, "keys alone"],
  ["? a\n: b\n", { a: "b" }, "an explicit key"],
  ["{yes: 1, 0x10: 2, 1.50: 3, 1e6: 4}", { true: 1, 16: 2, 1.5: 3, "1e+06": 4 }, "keys are text"],
  ["a: 1\na: 2\n", { a: 2 }, "the last of equal keys wins"],
  [
    "a: &x {p: 1, q: 2}\nb:\n  p: 3\n  <<: *x\n",
    { a: { p: 1, q: 2 }, b: { p: 1, q: 2 } },
    "a merge too",
  ],
  [
    "- &x {p: 1}\n- &z {p: 2}\n- {<<: [*x, *z]}\n",
    [{ p: 1 }, { p: 2 }, { p: 1 }],
    "of merged ones the first wins",
  ],
  ["a: &x [1]\nb: *x\n", { a: [1], b: [1] }, "an alias"],
  ["a: &x 1\nb: &x 2\nc: *x\n", { a: 1, b: 2, c: 2 }, "the last anchor of that name"],
  ["__proto__: 1\n", JSON.parse('{"__proto__": 1}') as JsonValue, "a key of that name is data"],
  ["a: .inf\na: 1\n", { a: 1 }, "infinity does no harm where it is replaced"],
  ["\ufeffa: 1\r\nb:\r\n- c\r\n", { a: 1, b: ["c"] }, "a byte order mark and Windows' line ends"],
  ["a: 1\n...\nb: 2\n", { a: 1 }, "only the first document counts"],
  ["%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n--- !e!str 5\n", "5", "directives"],
  ["", null, "nothing is null"],
  ["😀: {b: 😀}\nc: 1\n", { "😀": { b: "😀" }, c: 1 }, "characters of two units"],
];

for (const [text, expected, why] of VALUES) {
  test(`${JSON.stringify(text)}: ${why}`, () => {
    assert.deepEqual(yamlValue(text), { json: expected });
  });
}

const ERRORS: readonly (readonly [string, string])[] = [
  ["a: b: c\n", "yaml: mapping values are not allowed in this context"],
  ["a: 1\n  b: 2\n", "yaml: line 2: mapping values are not allowed in this context"],
  ["a:\n\tb: 1\n", "yaml: line 2: found character that cannot start any token"],
  ["a: [1, 2\n", "yaml: line 1: did not find expected ',' or ']'"],
  ["a: 'x\n", "yaml: line 2: found unexpected end of stream"],
  ['a: "\\q"\n', "yaml: found unknown escape character"],
  ['a: "\\ud83d"\n', "yaml: found invalid Unicode character escape code"],
  ["a: 1\nb\nc: 2\n", "yaml: line 3: could not find expected ':'"],
  ["a: - b\n", "yaml: block sequence entries are not allowed in this context"],
  ["- a\nb: 1\n", "yaml: line 1: did not find expected '-' indicator"],
  ["a: *x\n", "yaml: unknown anchor 'x' referenced"],
  ["a: &x [*x]\n", "yaml: anchor 'x' value contains itself"],
  ["a:\n  <<: 1\n", "yaml: map merge requires map or sequence of maps as the value"],
  ["a: {{ .X }}\n", 'yaml: invalid map key: map[interface {}]interface {}{".X":interface {}(nil)}'],
  ["~: 1\n", "unsupported map key of type: %!s(<nil>), key: <nil>, value: 1"],
  ["a: .nan\n", "json: unsupported value: NaN"],
  ["!!int x\n", "yaml: cannot decode !!str `x` as a !!int"],
  ["!!timestamp 2001-02-29\n", "yaml: cannot decode !!str `2001-02-29` as a !!timestamp"],
  ["!!binary a\n", "yaml: !!binary value contains invalid base64 data"],
  ["!x!y z\n", "yaml: found undefined tag handle"],
  ["%YAML 1.2\n---\n", "yaml: found incompatible YAML document"],
  ["a: \u0001\n", "yaml: control characters are not allowed"],
  ["a: x\0\n", "yaml: control characters are not allowed"],
  ["a: \ud800\n", "yaml: invalid Unicode character"],
  ["[".repeat(10_001), "yaml: exceeded max depth of 10000"],
];

for (const [text, expected] of ERRORS) {
  test(`${JSON.stringify(text.slice(0, 40))}: ${expected}`, () => {
    assert.deepEqual(yamlValue(text), { error: expected });
  });
}

test("a key is one line, of no more than 1024 characters", () => {
  assert.deepEqual(yamlValue(`${"a".repeat(1024)}: 1`), { json: { ["a".repeat(1024)]: 1 } });
  assert.ok("error" in yamlValue(`${"a".repeat(1025)}: 1`));
  assert.deepEqual(yamlValue(`${"😀".repeat(1024)}: 1`), { json: { ["😀".repeat(1024)]: 1 } });
});

test("a character that YAML forbids is an error only if upstream's reader has come to it", () => {
  const far = `a: 1\n---\n${"# padding\n".repeat(100)}\u0001`;
  assert.deepEqual(yamlValue(far), { json: { a: 1 } });
  assert.ok("error" in yamlValue("a: 1\n---\n\u0001"));
});

test("a stream is cut at lines that begin with ---, whatever they stand in", () => {
  assert.deepEqual(yamlStream("a: |\n x\n---\n y\n"), [{ json: { a: "x\n" } }, { json: true }]);
  assert.deepEqual(yamlStream("---\n# c\n---\nb: 2"), [{ json: null }, { json: { b: 2 } }]);
  assert.deepEqual(yamlStream("a: [1\n---\nb: 2\n"), [
    { error: "yaml: line 1: did not find expected ',' or ']'" },
    { json: { b: 2 } },
  ]);
  assert.deepEqual(yamlStream("a: |\r\r\n  x\r\r\n  y\r\r\n"), [{ json: { a: "x\ny\n" } }]);
});

test("a separator with something behind it ends the stream, and what stood before it is lost", () => {
  const text = "a: 1\n---\nb: 2\n--- {c: 3}\n";
  const error = "invalid Yaml document separator: {c: 3}";
  assert.deepEqual(yamlStream(text), [{ json: { a: 1 } }, { error }]);
  assert.deepEqual(answerYaml({ kind: "stream", text }), {
    documents: [{ json: { a: 1 } }],
    error,
  });
});

test("stage yaml answers nothing that it could not write", () => {
  assert.deepEqual(answerYaml({ kind: "value", text: "a: yes" }), { json: { a: true } });
  assert.deepEqual(answerYaml({ kind: "value", text: "[".repeat(2000) }), {
    error: "nested deeper than 1000 levels",
  });
});

/** Keys that differ as YAML keys and are one as JSON ("1" and 1) cannot come up: every key is quoted. */
const json = fc.jsonValue({ depthSize: "medium" }).map((value) => parseJson(JSON.stringify(value)));

/** YAML 1.1 knows no surrogate pairs in escapes, no `\/` and no raw DEL. */
function yamlSafe(text: string): boolean {
  return !/\\u[dD]|[\x7f-\x9f\ufffe\uffff\ufeff]/.test(text);
}

test("JSON written on one line or many is read back equal", () => {
  fc.assert(
    fc.property(json, fc.constantFrom(0, 2), (value, indent) => {
      const text = writeJson(value, { indent });
      fc.pre(yamlSafe(text) && !/"[^"]{900,}"/.test(text));
      assert.deepEqual(yamlValue(text), { json: value });
    }),
  );
});

test("block YAML with quoted scalars is read back equal", () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = blockYaml(value, "");
      fc.pre(yamlSafe(text));
      assert.deepEqual(yamlValue(text), { json: value });
    }),
  );
});

function blockYaml(value: JsonValue, margin: string): string {
  if (value === null || typeof value !== "object" || value instanceof JsonDecimal) {
    return ` ${writeJson(value)}\n`;
  }
  const entries = Array.isArray(value)
    ? value.map((item): [string, JsonValue] => ["-", item])
    : Object.entries(value).map(([key, item]): [string, JsonValue] => [
        `? ${JSON.stringify(key)}\n${margin}:`,
        item,
      ]);
  if (entries.length === 0) return Array.isArray(value) ? " []\n" : " {}\n";
  const lines = entries.map(([head, item]) => `${margin}${head}${blockYaml(item, `${margin}  `)}`);
  return (margin === "" ? "" : "\n") + lines.join("");
}

test("any text is documents or errors, never a crash", () => {
  const pieces = [
    "a",
    "b: ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\n",
    "  ",
    "\t",
    "#",
    "&x ",
    "*x",
    "!!int ",
    "|",
    ">",
    "'",
    '"',
    "\\",
    "---",
    "...",
    "<<: ",
    "~",
    "😀",
    "\ud800",
    "\0",
    "%YAML 1.1\n",
    "\r\n",
  ];
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (any) => {
      for (const answer of yamlStream(any)) {
        if ("json" in answer) assert.doesNotThrow(() => writeJson(answer.json));
        else assert.notEqual(answer.error, "");
      }
    }),
    { numRuns: 2000 },
  );
});
