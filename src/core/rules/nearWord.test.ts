// Slips of the fingers are found; other words are not taken for them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nearWord } from "./nearWord.ts";

const FIELDS = [
  ...["allowPrivilegeEscalation", "capabilities", "privileged", "procMount", "runAsGroup"],
  ...["runAsNonRoot", "runAsUser", "seccompProfile", "env", "image", "hostUsers"],
];

/** What is written, and what was meant. */
const ROWS: readonly (readonly [string, string | undefined])[] = [
  ["runAsuser", "runAsUser"],
  ["RUNASNONROOT", "runAsNonRoot"],
  ["runAsNonRoots", "runAsNonRoot"],
  ["previleged", "privileged"],
  ["allowPrivelegeEscalaton", "allowPrivilegeEscalation"],
  ["seccomProfile", "seccompProfile"],
  ["evn", "env"],
  ["hostUser", "hostUsers"],
  ["runAsRoot", undefined],
  ["fsGroup", undefined],
  ["user", undefined],
  ["en", undefined],
  ["", undefined],
  ["x".repeat(100_000), undefined],
];
for (const [word, meant] of ROWS) {
  test(`${word.slice(0, 30)}: ${meant}`, () => assert.equal(nearWord(word, FIELDS), meant));
}
