// `-f` in every form that kubectl takes: the files are arguments, in order, and no other option's value is taken for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FILENAME_OPTION, filesAsArguments } from "./filenameWords.ts";

const OPTIONS = ["-q, --quiet", "-o, --output <form>", "--config <file>"]
  .map((flags) => ({ flags, description: "" }))
  .concat(FILENAME_OPTION);

const CASES: readonly (readonly [string, string])[] = [
  ["-f a.yaml", "a.yaml"],
  ["-f a.yaml -f b.yaml c.yaml", "a.yaml b.yaml c.yaml"],
  ["a.yaml -f b.yaml", "a.yaml b.yaml"],
  ["-f a.yaml,b.yaml", "a.yaml b.yaml"],
  ["-fa.yaml -f=b.yaml", "a.yaml b.yaml"],
  ["--filename a.yaml --filename=b.yaml", "a.yaml b.yaml"],
  ["-qf a.yaml -qfb.yaml", "-q a.yaml -q b.yaml"],
  ["-f -", "-"],
  ["-f - -o json", "- -o json"],
  ["-o json -f a.yaml", "-o json a.yaml"],
  ["-o -f a.yaml", "-o -f a.yaml"],
  ["-of a.yaml", "-of a.yaml"],
  ["--config -f a.yaml", "--config -f a.yaml"],
  ["-f -strange.yaml", "./-strange.yaml"],
  ["a.yaml -f", "a.yaml -f"],
  ["-- -f a.yaml", "-- -f a.yaml"],
];

for (const [words, expected] of CASES) {
  test(`check ${words}`, () => {
    assert.equal(filesAsArguments(words.split(" "), OPTIONS).join(" "), expected);
  });
}
