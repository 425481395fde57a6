import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { hasId, idRanges, ownIdMap, rangesText } from "./idMap.ts";

test("ranges that follow on one another are one, in whatever order the kernel tells them", () => {
  const text = "         0       1000          1\n         1     100000      65536\n";
  assert.deepEqual(idRanges(text), [{ first: 0, count: 65537 }]);
  const apart = idRanges("5000 5000 1\n0 100000 1000\n");
  assert.deepEqual(apart, [
    { first: 0, count: 1000 },
    { first: 5000, count: 1 },
  ]);
  assert.equal(rangesText(apart), "0 to 999 and 5000");
  assert.deepEqual(
    [0, 999, 1000, 4999, 5000, 5001].map((id) => hasId(apart, id)),
    [true, true, false, false, true, false],
  );
});

test("the host's own user namespace has all ids, and so has a kernel without any", () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-idmap-"));
  try {
    assert.equal(ownIdMap(folder), undefined);
    mkdirSync(join(folder, "proc/self"), { recursive: true });
    const tell = (text: string): void => {
      for (const name of ["uid_map", "gid_map"])
        writeFileSync(join(folder, "proc/self", name), text);
    };
    tell("         0          0 4294967295\n");
    assert.equal(ownIdMap(folder), undefined);
    tell("0 1000 1\n");
    const one = [{ first: 0, count: 1 }];
    assert.deepEqual(ownIdMap(folder), { uids: one, gids: one });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
