// The README's figures are those of the last measured runs: nobody copies them by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PAGE, withFigures } from "../tools/docs/figures.ts";

test("README.md is what bench/results say (node --import tsx tools/docs/figures.ts)", () => {
  const page = readFileSync(PAGE, "utf8");
  assert.equal(withFigures(page), page);
});
