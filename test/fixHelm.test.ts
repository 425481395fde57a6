// `fix` on manifests as charts and people leave them, several documents in one text: the laws of its edits, whatever stands around.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fix } from "../src/core/answers/fix.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import { composeWorld } from "../src/core/rules/world.ts";
import { checkFixed } from "./fixLaws.ts";
import { object, oddity } from "./helmObjects.ts";
import { writeHelm } from "./helmWriter.ts";

const WORLDS = (["v1.24", "v1.29", "v1.37"] as const).map((kubernetes) =>
  composeWorld({
    kubernetes,
    images: { app: { user: "1000" }, root: { user: "" } },
    node: { appArmor: true },
  }),
);
const situations = fc.record({
  world: fc.constantFrom(...WORLDS),
  options: fc.record({
    level: fc.constantFrom("restricted" as const, "baseline" as const, "privileged" as const),
    addOnly: fc.boolean(),
    runAsUser: fc.constantFrom({}, { all: 5 }, { of: { c0: 9 } }),
  }),
});
const RUNS = Number(process.env["FIX_RUNS"] ?? 150);

test("what fix edits is what it tells, in any style", () => {
  const seed = process.env["FIX_SEED"];
  fc.assert(
    fc.property(
      fc.array(object, { minLength: 1, maxLength: 3 }),
      oddity,
      situations,
      (objects, style, { world, options }) => {
        const text = writeHelm(objects, style);
        assert.deepEqual(readManifest(text, "f").errors, []);
        const run = (one: string) => fix(one, "f", world, options);
        checkFixed(text, run(text), run);
      },
    ),
    { numRuns: RUNS, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
});
