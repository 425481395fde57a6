import assert from "node:assert/strict";
import { test } from "node:test";
import { unknownAlone, withDashes } from "./commandWords.ts";

const OPTIONS = ["-c, --container <name>", "-i, --stdin", "-t, --tty"].map((flags) => ({
  ...{ flags, description: "" },
}));

const CASES: readonly (readonly [string, string])[] = [
  ["t wc -c", "t -- wc -c"],
  ["-i t wc -c", "-i t -- wc -c"],
  ["t -i wc -c", "t -i -- wc -c"],
  ["t -c app wc -c", "t -c app -- wc -c"],
  ["-itc app t sh", "-itc app t -- sh"],
  ["-capp t sh -c id", "-capp t -- sh -c id"],
  ["--container app t ls --all", "--container app t -- ls --all"],
  ["--container=app t ls", "--container=app t -- ls"],
  ["t -- wc -c", "t -- wc -c"],
  ["t -it -- sh", "t -it -- sh"],
  ["t", "t"],
  ["t --help", "t --help"],
  ["t grep x -- y", "t -- grep x -- y"],
];

for (const [words, expected] of CASES) {
  test(`exec ${words}`, () => {
    assert.equal(withDashes(words.split(" "), 1, OPTIONS).join(" "), expected);
  });
}

for (const [words, expected] of [
  ["--contaner=app t", "--contaner t"],
  ["--container=app t", "--container=app t"],
  ["--stdin=yes t", "--stdin=yes t"],
  ["--container --x=y t", "--container --x=y t"],
  ["t -- --x=y", "t -- --x=y"],
] as const) {
  test(`an option that there is not: ${words}`, () => {
    assert.equal(unknownAlone(words.split(" "), OPTIONS).join(" "), expected);
  });
}
