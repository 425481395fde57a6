import assert from "node:assert/strict";
import { test } from "node:test";
import { minor } from "../model/version.ts";
import { completeWorld, type WorldFile } from "../model/world.ts";
import { FEATURE_GATES, type GateName } from "../tables/featureGates.ts";
import { gateEnabled } from "./featureGates.ts";

const ROWS: readonly (readonly [string, GateName, WorldFile, boolean])[] = [
  ["before its first release", "UserNamespacesSupport", { kubernetes: "v1.24" }, false],
  ["alpha", "UserNamespacesSupport", { kubernetes: "v1.25" }, false],
  ["beta, off", "UserNamespacesSupport", { kubernetes: "v1.32" }, false],
  ["beta, on", "UserNamespacesSupport", { kubernetes: "v1.33" }, true],
  ["GA", "UserNamespacesSupport", {}, true],
  ["set", "SELinuxMount", { featureGates: { SELinuxMount: false } }, false],
  ["set for another gate", "SELinuxMount", { featureGates: { ProcMountType: false } }, true],
  ["locked", "ProcMountType", { featureGates: { ProcMountType: false } }, true],
  [
    "set in a release that lacks it",
    "SELinuxMount",
    { kubernetes: "v1.29", featureGates: { SELinuxMount: true } },
    false,
  ],
  ["AllAlpha", "UserNamespacesHostNetworkSupport", { featureGates: { AllAlpha: true } }, true],
  [
    "set by itself under AllAlpha",
    "UserNamespacesHostNetworkSupport",
    { featureGates: { AllAlpha: true, UserNamespacesHostNetworkSupport: false } },
    false,
  ],
  [
    "AllBeta",
    "UserNamespacesSupport",
    { kubernetes: "v1.33", featureGates: { AllBeta: false } },
    false,
  ],
];

for (const [what, name, file, on] of ROWS) {
  test(`${name}: ${what}`, () => {
    assert.equal(gateEnabled(completeWorld(file), name), on);
  });
}

test("rows rise strictly", () => {
  for (const [name, rows] of Object.entries(FEATURE_GATES)) {
    const releases = rows.map((row) => minor(row.since));
    const rising = [...new Set(releases)].sort((a, b) => a - b);
    assert.deepEqual(releases, rising, name);
  }
});
