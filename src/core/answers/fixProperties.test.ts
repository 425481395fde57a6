// Whatever the pod, the world and the options: a text that can be read, a level or the reason why not, and nothing refused that was taken.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pods, styles, worlds } from "../../../test/arbitraryPods.ts";
import { checkLines } from "../../../test/fixLines.ts";
import { writeYaml } from "../../../test/yamlWriter.ts";
import { readManifest } from "../manifest/manifest.ts";
import type { JsonValue } from "../model/json.ts";
import { LEVELS } from "../podsecurity/level.ts";
import { checkPodDocument } from "./check.ts";
import { newRefusal, refusalsOf } from "./fix/refusals.ts";
import { type FixOptions, fix } from "./fix.ts";

const options: fc.Arbitrary<FixOptions> = fc.record(
  {
    level: fc.constantFrom(...LEVELS),
    addOnly: fc.boolean(),
    runAsUser: fc.constantFrom({}, { all: 7 }, { of: { c0: 8, root: 9 } }),
  },
  { requiredKeys: ["level"] },
);
test("a level or the reason why not, nothing newly refused, and a second run changes nothing", () => {
  fc.assert(
    fc.property(pods, worlds, options, styles, (pod, world, asked, style) => {
      const text = writeYaml(pod as unknown as JsonValue, style);
      const answer = fix(text, "p.yaml", world, asked);
      const { text: after, pods: fixed, edits } = answer;
      const [one] = fixed;
      checkLines(text, answer);
      const [before] = readManifest(text, "p.yaml").pods;
      const [now] = readManifest(after, "p.yaml").pods;
      assert.ok(one && before && now);
      const left = one.notes.filter(({ kind }) => kind === "left");
      const { met } = checkPodDocument(now, [world], { level: one.level }).podSecurity;
      assert.equal(one.met, met && left.length === 0);
      if (!met) assert.notEqual(left.length, 0);
      assert.equal(newRefusal(refusalsOf(before, world), refusalsOf(now, world)), undefined);
      if (edits.length > 0) assert.notEqual(one.changes.length, 0);
      assert.deepEqual(fix(after, "p.yaml", world, asked).edits, []);
    }),
    { numRuns: 1500 },
  );
});
