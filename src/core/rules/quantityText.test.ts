import assert from "node:assert/strict";
import { test } from "node:test";
import { quantityOf, quantityText, roundedToMilli, textOfQuantity } from "./quantityText.ts";

test("quantities in their canonical spelling", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["0", "0"],
    ["1000", "1k"],
    ["1500", "1500"],
    ["1.5", "1500m"],
    ["0.1", "100m"],
    ["1e3", "1e3"],
    ["1500e-3", "1500e-3"],
    ["1024Ki", "1Mi"],
    ["1000Ki", "1000Ki"],
    ["0.5Ki", "512"],
    ["1.5Gi", "1536Mi"],
    ["-2Mi", "-2Mi"],
    [" 1Gi ", "1Gi"],
  ];
  for (const [text, canonical] of rows) assert.equal(quantityText(text), canonical, text);
});

test("resource lists are rounded up to thousandths", () => {
  assert.equal(textOfQuantity(roundedToMilli(quantityOf("0.5m"))), "1m");
});
