import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldPath } from "../../model/finding.ts";
import { meantField } from "./meantField.ts";

const ROWS: readonly (readonly [FieldPath, string | undefined])[] = [
  [["spec", "securityContxt"], "securityContext"],
  [["spec", "containers", 0, "securityContext", "runAsNonroot"], "runAsNonRoot"],
  [["spec", "initContainers", 1, "securityContext", "capabilities", "dorp"], "drop"],
  // hostPID and hostIPC are as near.
  [["spec", "hostPIC"], undefined],
  [["spec", "containers", 0, "securityContext", "fsGroup"], undefined],
  [["spec", "hostUsers"], undefined],
  [["metadata", "labels", "lables"], undefined],
  [["spec", "nowhere", "privilegd"], undefined],
  [["spec", "containers", 0], undefined],
  [[], undefined],
];

for (const [path, meant] of ROWS) {
  test(`${path.join(".")} can only have meant ${meant ?? "nothing"}`, () => {
    assert.equal(meantField(path), meant);
  });
}
