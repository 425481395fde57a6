// Holds every prediction against the recordings of the real systems.
import assert from "node:assert/strict";
import { test } from "node:test";
import accepted from "./golden/differences.json" with { type: "json" };
import { compareSuite } from "./golden.ts";
import { SUITES } from "./goldens/suites.ts";

interface Accepted {
  readonly system: string;
  readonly version: string;
  readonly case: string;
  readonly reason: string;
}

for (const suite of SUITES) {
  test(`${suite.system} ${suite.version} agrees with its recording`, (t) => {
    const { total, differences } = compareSuite(suite);
    const listed = new Set(
      (accepted as Accepted[])
        .filter((row) => row.system === suite.system && row.version === suite.version)
        .map((row) => row.case),
    );
    t.diagnostic(
      `${total - differences.length} of ${total} agree, ${listed.size} accepted differences`,
    );
    assert.ok(total > 0, "the recording has cases");
    assert.deepEqual(
      differences.filter((row) => !listed.has(row.name)),
      [],
    );
    const found = new Set(differences.map((row) => row.name));
    assert.deepEqual(
      [...listed].filter((name) => !found.has(name)),
      [],
      "a listed difference has vanished: take it off test/golden/differences.json",
    );
  });
}
