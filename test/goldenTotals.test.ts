import assert from "node:assert/strict";
import { test } from "node:test";
import { goldenTotals, percent } from "./goldenTotals.ts";

test("rows of one version are added, those of another system or version are not", () => {
  const rows = [
    { system: "runc", version: "1.1.5", agree: 117, total: 118 },
    { system: "kernel", version: "docker 20.10.24", agree: 1, total: 1 },
    { system: "runc", version: "1.3.6", agree: 3, total: 4 },
    { system: "runc", version: "1.1.5 selinux, Debian's policy", agree: 25, total: 25 },
    { system: "kernel", version: "docker 20.10.24 selinux-variants", agree: 1, total: 2 },
  ];
  assert.deepEqual(goldenTotals(rows), [
    { system: "runc", version: "1.1.5", agree: 142, total: 143 },
    { system: "kernel", version: "docker 20.10.24", agree: 2, total: 3 },
    { system: "runc", version: "1.3.6", agree: 3, total: 4 },
  ]);
});

test("percent has two digits, and nothing compared is no agreement", () => {
  assert.equal(percent({ system: "", version: "", agree: 192, total: 193 }), "99.48");
  assert.equal(percent({ system: "", version: "", agree: 0, total: 0 }), "0");
});
