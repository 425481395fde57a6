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

const WORLD = composeWorld({
  images: { app: { user: "1000" }, root: { user: "" } },
  node: { appArmor: true },
});
const RUNS = Number(process.env["FIX_RUNS"] ?? 150);

const levels = fc.constantFrom("restricted" as const, "baseline" as const);

test("what fix edits is what it tells, in any style", () => {
  fc.assert(
    fc.property(
      fc.array(object, { minLength: 1, maxLength: 3 }),
      oddity,
      levels,
      fc.boolean(),
      (objects, style, level, addOnly) => {
        const text = writeHelm(objects, style);
        const manifest = readManifest(text, "f");
        assert.deepEqual(manifest.errors, [], `${JSON.stringify(text)}`);
        const options = { level, addOnly };
        checkFixed(text, fix(text, "f", WORLD, options), (again) =>
          fix(again, "f", WORLD, options),
        );
      },
    ),
    {
      numRuns: RUNS,
      ...(process.env["FIX_SEED"] === undefined ? {} : { seed: Number(process.env["FIX_SEED"]) }),
    },
  );
});
