// Whatever the pod: what `check` shows is what `fix` writes, and what it gives a finding mends it alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pods, styles, worlds } from "../../../../test/arbitraryPods.ts";
import { writeYaml } from "../../../../test/yamlWriter.ts";
import { readManifest } from "../../manifest/manifest.ts";
import { applyEdits, type TextEdit } from "../../model/edit.ts";
import type { JsonValue } from "../../model/json.ts";
import { LEVELS } from "../../podsecurity/level.ts";
import { checkPodDocument } from "../check.ts";
import { fix } from "../fix.ts";
import { newRefusal, refusalsOf } from "./refusals.ts";

const levels = fc.constantFrom(...LEVELS);

function plain(edits: readonly TextEdit[]): unknown[] {
  return edits.map(({ range, text }) => [range.start.offset, range.end.offset, text]);
}

test("the hunks are the edits of fix, and the edits of a finding mend it alone", () => {
  fc.assert(
    fc.property(pods, worlds, levels, styles, (pod, world, level, style) => {
      const text = writeYaml(pod as unknown as JsonValue, style);
      const [before] = readManifest(text, "p.yaml").pods;
      assert.ok(before);
      const asked = { level, fixes: true, suggestions: true };
      const checked = checkPodDocument(before, [world], asked);
      const hunks = checked.fix?.hunks ?? [];
      const written = fix(text, "p.yaml", world, { level }).edits;
      assert.deepEqual(plain(hunks.flatMap(({ edits }) => edits)), plain(written));
      for (const { id, container, fixes } of checked.findings) {
        if (fixes === undefined) continue;
        const [now] = readManifest(applyEdits(text, fixes), "p.yaml").pods;
        assert.ok(now);
        assert.equal(newRefusal(refusalsOf(before, world), refusalsOf(now, world)), undefined);
        if (!id.startsWith("podsecurity.")) continue;
        const { findings } = checkPodDocument(now, [world], { level });
        const left = findings.filter((one) => one.id === id && one.container === container);
        assert.deepEqual(left, []);
      }
    }),
    { numRuns: 300 },
  );
});
