import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "./errors.ts";
import { oneVersion, versionRange } from "./versionRange.ts";

function said(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return "";
}

for (const [asked, message] of [
  ["1.30-1.37", "--kubernetes 1.30-1.37: write a range as 1.30..1.37"],
  ["1.30:1.37", "--kubernetes 1.30:1.37: write a range as 1.30..1.37"],
  ["v1.37,v1.30.4, 1.33", "--kubernetes v1.37,v1.30.4, 1.33: write a range as 1.30..1.37"],
  ["1.37..1.30", "--kubernetes 1.37..1.30: write a range as 1.30..1.37, the older version first"],
  ["1.30..", "--kubernetes 1.30..: write a range as 1.33..1.37, the older version first"],
  [
    "1.30..1.33..1.37",
    "--kubernetes 1.30..1.33..1.37: write a range as 1.30..1.37, the older version first",
  ],
] as const) {
  test(`--kubernetes ${asked} tells how a range is written`, () => {
    assert.equal(
      said(() => versionRange(asked)),
      message,
    );
  });
}

test("a range names every version in it, one version or nonsense is left to the world", () => {
  assert.deepEqual(versionRange("1.35..v1.37.2"), ["v1.35", "v1.36", "v1.37"]);
  for (const asked of ["1.37", "v1.37.2", "latest", ""])
    assert.equal(versionRange(asked), undefined);
});

test("where one version is asked for, a range in any form is told from it", () => {
  assert.equal(oneVersion("v1.37.2"), "v1.37.2");
  assert.equal(oneVersion("latest"), "latest");
  for (const asked of ["1.30..1.37", "1.30-1.37"]) {
    assert.equal(
      said(() => oneVersion(asked)),
      `--kubernetes ${asked}: write one version here; check and fix take a range, as 1.30..1.37`,
    );
  }
});
