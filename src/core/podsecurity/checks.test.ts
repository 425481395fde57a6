import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { olderOf } from "../model/version.ts";
import { compareGoStrings } from "../rules/goText.ts";
import { CHECKS } from "./checks.ts";

const FOLDER = fileURLToPath(new URL("./checks/", import.meta.url));

/** `capabilities_baseline` stands in capabilitiesBaseline.ts. */
function fileOf(id: string): string {
  return `${id.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}.ts`;
}

test("the list and the folder hold the same checks, each with its test", () => {
  const files = readdirSync(FOLDER).sort();
  const wanted = CHECKS.flatMap(({ id }) => {
    const file = fileOf(id);
    return [file, file.replace(/\.ts$/, ".test.ts")];
  });
  assert.deepEqual(files, wanted.sort());
});

test("checks stand in the order in which refusals are listed", () => {
  const sorted = CHECKS.toSorted(
    (a, b) => compareGoStrings(a.level, b.level) || compareGoStrings(a.id, b.id),
  );
  assert.deepEqual(
    CHECKS.map(({ id }) => id),
    sorted.map(({ id }) => id),
  );
});

for (const { id, level, versions, overrides = [], restricts, exempt = [] } of CHECKS) {
  test(`${id}: its rows rise and its overrides are of baseline`, () => {
    assert.ok(versions.length > 0);
    for (const rows of [versions, exempt]) {
      rows.forEach((row, index) => {
        const before = rows[index - 1];
        if (before !== undefined) assert.equal(olderOf(before.since, row.since), before.since);
        assert.notEqual(row.since, before?.since);
      });
    }
    for (const override of overrides) {
      assert.equal(level, "restricted");
      assert.equal(CHECKS.find((check) => check.id === override)?.level, "baseline");
    }
    for (const { allowed, forbidden, mustInclude } of restricts) {
      const rules = [allowed, forbidden, mustInclude].filter((rule) => rule !== undefined);
      assert.equal(rules.length, 1);
    }
  });
}
