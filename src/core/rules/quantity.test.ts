import assert from "node:assert/strict";
import { test } from "node:test";
import { milliUnits, parseQuantity, wholeUnits } from "./quantity.ts";

test("quantities in whole units and thousandths", () => {
  const rows: readonly [text: string, whole: bigint, milli: bigint][] = [
    ["0", 0n, 0n],
    ["1", 1n, 1000n],
    ["500m", 1n, 500n],
    ["1500m", 2n, 1500n],
    ["1.5", 2n, 1500n],
    [".5", 1n, 500n],
    ["5.", 5n, 5000n],
    ["1Ki", 1024n, 1_024_000n],
    ["64Mi", 67_108_864n, 67_108_864_000n],
    ["1.5Gi", 1_610_612_736n, 1_610_612_736_000n],
    ["2k", 2000n, 2_000_000n],
    ["1e3", 1000n, 1_000_000n],
    ["1E3", 1000n, 1_000_000n],
    ["1e-3", 1n, 1n],
    ["1E", 10n ** 18n, 10n ** 21n],
    ["1n", 1n, 1n],
    ["-1", -1n, -1000n],
    ["+1", 1n, 1000n],
  ];
  for (const [text, whole, milli] of rows) {
    const nano = parseQuantity(text);
    assert.ok(nano !== undefined, text);
    assert.equal(wholeUnits(nano), whole, text);
    assert.equal(milliUnits(nano), milli, text);
  }
});

test("what is no quantity", () => {
  for (const text of ["", "x", "1x", "1 Gi", "Mi", "1.2.3", "0x10", "1KB", "e3", "--1"]) {
    assert.equal(parseQuantity(text), undefined, text);
  }
});
