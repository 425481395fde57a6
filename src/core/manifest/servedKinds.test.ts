import assert from "node:assert/strict";
import { test } from "node:test";
import { unservedKind } from "./servedKinds.ts";

const ROWS: readonly (readonly [kind: string, apiVersion: unknown, said: string | undefined])[] = [
  ["Deployment", "apps/v1", undefined],
  ["Deployment", "apps/v1beta1", undefined],
  ["Deployment", "v1", 'no matches for kind "Deployment" in version "v1"'],
  ["Pod", "apps/v1", 'no matches for kind "Pod" in version "apps/v1"'],
  ["pod", "v1", 'no matches for kind "pod" in version "v1"'],
  ["Job", "batch.volcano.sh/v1alpha1", undefined],
  ["Service", "v1", undefined],
  ["Deployment", undefined, undefined],
];

for (const [kind, apiVersion, said] of ROWS) {
  test(`${kind} in ${apiVersion}: ${said ?? "may be"}`, () => {
    assert.equal(unservedKind(kind, apiVersion), said);
  });
}
