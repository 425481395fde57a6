// Tests one Pod Security check by a table: a pod, the version, the exact words of the refusal and where it points.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toPointer } from "../src/core/model/finding.ts";
import type { Pod } from "../src/core/model/pod.ts";
import { at, type KubeMinor } from "../src/core/model/version.ts";
import { NEWEST_KUBERNETES } from "../src/core/model/world.ts";
import type { Check } from "../src/core/podsecurity/check.ts";
import { viewPod } from "../src/core/podsecurity/podView.ts";
import { applyChanges } from "../src/core/rules/changes.ts";

export interface CheckRow {
  readonly says: string;
  /** Default: the newest. */
  readonly version?: KubeMinor;
  readonly metadata?: object;
  readonly spec: object;
  /** `reason (detail)`; absent: the check allows the pod. */
  readonly refusal?: string;
  /** Where the check points, as JSON Pointers. */
  readonly at?: readonly string[];
  /** The pod's spec after the changes that the check asks for. */
  readonly mended?: object;
}

/** Each row is a test; a refused pod must be allowed once the changes are made. */
export function testCheck(check: Check, rows: readonly CheckRow[]): void {
  for (const row of rows) {
    const version = row.version ?? NEWEST_KUBERNETES;
    test(`${check.id} ${version}: ${row.says}`, () => {
      const checkPod = at(check.versions, version);
      assert.ok(checkPod !== undefined, "the check runs at this version");
      const pod = { metadata: row.metadata ?? {}, spec: row.spec } as unknown as Pod;
      const refusal = checkPod(viewPod(pod));
      assert.equal(refusal && `${refusal.reason} (${refusal.detail})`, row.refusal);
      if (refusal === undefined) return;
      const pointers = refusal.offences.map(({ path }) => toPointer(path));
      assert.deepEqual(pointers, row.at);
      const mended = applyChanges(
        pod,
        refusal.offences.flatMap(({ changes }) => changes),
      );
      assert.equal(checkPod(viewPod(mended)), undefined);
      if (row.mended !== undefined) assert.deepEqual(mended.spec, row.mended);
    });
  }
}
