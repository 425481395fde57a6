import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { at, type KubeMinor, minor, parseKubeMinor, type Versioned } from "./version.ts";

const ROWS: Versioned<string> = [
  { since: "v1.8", value: "old" },
  { since: "v1.23", value: "middle" },
  { since: "v1.37", value: "new" },
];

test("a value holds from its row on, until the next", () => {
  const table: [KubeMinor, string | undefined][] = [
    ["v1.0", undefined],
    ["v1.7", undefined],
    ["v1.8", "old"],
    ["v1.9", "old"],
    ["v1.10", "old"],
    ["v1.22", "old"],
    ["v1.23", "middle"],
    ["v1.36", "middle"],
    ["v1.37", "new"],
    ["v1.100", "new"],
  ];
  for (const [version, expected] of table) assert.equal(at(ROWS, version), expected, version);
});

test("the lookup agrees with the numbers in the versions", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(150), { maxLength: 6 }), fc.nat(160), (starts, wanted) => {
      const rising = starts.sort((a, b) => a - b);
      const rows = rising.map((value) => ({ since: `v1.${value}` as KubeMinor, value }));
      const newest = rising.filter((start) => start <= wanted).at(-1);
      assert.equal(at(rows, `v1.${wanted}`), newest);
    }),
  );
});

test("versions are read with and without v and patch", () => {
  assert.equal(parseKubeMinor("1.37"), "v1.37");
  assert.equal(parseKubeMinor("v1.37.2"), "v1.37");
  assert.equal(parseKubeMinor("1.037"), undefined);
  assert.equal(parseKubeMinor("2.0"), undefined);
  assert.equal(minor("v1.37"), 37);
});
