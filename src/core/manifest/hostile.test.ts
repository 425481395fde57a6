// What is meant to do harm must end in an answer: soon, and without the machine's memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "./manifest.ts";
import { yamlValue } from "./yaml.ts";

const SIZE = 3 * 1024 * 1024 - 16;
/** Far more than any needs, for a busy machine. */
const MOST_MS = 10_000;

function fill(piece: string): string {
  return piece.repeat(Math.floor(SIZE / piece.length));
}

/** Each list holds the one before `width` times. */
function bomb(levels: number, width: number): string {
  let text = `- &l0 [${"x,".repeat(width)}]\n`;
  for (let level = 1; level < levels; level += 1) {
    text += `- &l${level} [${`*l${level - 1},`.repeat(width)}]\n`;
  }
  return text;
}

function mergeBomb(keys: number, maps: number): string {
  const base = Array.from({ length: keys }, (_, at) => `k${at}: 1`).join(", ");
  return `- &b {${base}}\n${"- {<<: *b}\n".repeat(maps)}`;
}

const EXCESSIVE = "yaml: document contains excessive aliasing";
const DEEP = "nested deeper than 500 levels";
const MANY = "holds more than 393216 values";

const INPUTS: readonly (readonly [string, string, string | undefined])[] = [
  ["nested lists", fill("["), DEEP],
  ["nested JSON", fill('{"a":'), DEEP],
  ["nested dashes", fill("- "), DEEP],
  ["nested keys", fill("? "), DEEP],
  [
    "nested indentation",
    Array.from({ length: 1500 }, (_, at) => `${" ".repeat(at)}a:\n`).join(""),
    DEEP,
  ],
  ["a bomb of aliases", bomb(12, 10), EXCESSIVE],
  ["a slender bomb of aliases", bomb(60, 2), EXCESSIVE],
  ["a bomb of merges", mergeBomb(1000, 4000), EXCESSIVE],
  [
    "a long text, often",
    `- &a ${"x".repeat(1_000_000)}\n${"- *a\n".repeat(100_000)}`,
    "aliases stand for more than 3145728 characters of JSON",
  ],
  ["many values", `[${"1,".repeat(1_000_000)}]`, MANY],
  ["many JSON values", `{"a":[${"1,".repeat(1_000_000)}1]}`, MANY],
  ["many documents", "---\na\n".repeat(200_000), "text holds more than 100000 documents"],
  ["many JSON documents", fill("{}"), "text holds more than 100000 documents"],
  ["one key, often", "a: 1\n".repeat(150_000), undefined],
  [
    "keys that are one in JSON",
    Array.from({ length: 90_000 }, (_, at) => `"${at}": 1\n${at}: 1\n`).join(""),
    undefined,
  ],
  ["a line of wide characters", `[${"😀,".repeat(200_000)}1]`, undefined],
  [
    "white space before a separator's text",
    `---${" ".repeat(1_000_000)}x\n`,
    "invalid Yaml document separator: x",
  ],
  ["an endless quote", `"${fill("a\\n")}`, "yaml: found unexpected end of stream"],
  ["an endless number", `a: ${fill("1")}`, undefined],
  ["an endless hexadecimal number", `a: 0x${fill("f")}`, undefined],
  ["line ends only", fill("\r"), undefined],
  ["colons only", fill(":"), "yaml: mapping values are not allowed in this context"],
  ["NULs", fill("\0"), "yaml: control characters are not allowed"],
  ["lone surrogates", "\udc00".repeat(500_000), "yaml: invalid Unicode character"],
  [
    "a list of one pod, often",
    `kind: List\nitems:\n- &p {kind: Pod, metadata: {name: a}}\n${"- *p\n".repeat(50_000)}`,
    undefined,
  ],
];

for (const [name, text, message] of INPUTS) {
  test(`${name}: ${message ?? "read"}`, () => {
    const start = performance.now();
    const { errors, pods } = readManifest(text, "f");
    assert.equal(errors[0]?.message, message);
    for (const { sourceMap } of pods.slice(0, 100)) sourceMap.range(["spec"]);
    yamlValue(text);
    assert.ok(performance.now() - start < MOST_MS);
  });
}
