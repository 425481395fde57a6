import assert from "node:assert/strict";
import { test } from "node:test";
import { compareLevels, LEVELS, parseLevel, parseVersion, printLevelVersion } from "./level.ts";

test("levels", () => {
  for (const level of LEVELS) assert.deepEqual(parseLevel(level), { value: level });
  for (const text of ["", "Baseline", "default"]) {
    assert.deepEqual(parseLevel(text), {
      value: "restricted",
      error: "must be one of privileged, baseline, restricted",
    });
  }
});

test("versions", () => {
  for (const text of ["latest", "v1.0", "v1.37", "v1.9223372036854775807"]) {
    assert.deepEqual(parseVersion(text), { value: text });
  }
  const wrong = [
    "",
    "Latest",
    "1.25",
    "v1",
    "v2.0",
    "v1.025",
    "v1.25.0",
    "v1.-1",
    " v1.25",
    "v1.25\n",
  ];
  for (const text of [...wrong, "v1.9223372036854775808"]) {
    assert.deepEqual(parseVersion(text), {
      value: "latest",
      error: 'must be "latest" or "v1.x"',
    });
  }
});

test("levels by strictness", () => {
  assert.deepEqual(LEVELS.toSorted(compareLevels), LEVELS);
  assert.equal(compareLevels("baseline", "baseline"), 0);
  assert.equal(printLevelVersion({ level: "baseline", version: "v1.30" }), "baseline:v1.30");
});
