import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TIMER_MS, nowNano, timerMs } from "./clock.ts";

test("no timer is set for longer than Node knows, or for less than nothing", () => {
  assert.deepEqual([-5, 0, 1500, 2 ** 31 * 1000].map(timerMs), [0, 0, 1500, MAX_TIMER_MS]);
});

test("the time of day has nanoseconds, and keeps to the machine's clock", () => {
  const at = Date.parse("2026-11-29T10:00:00.005Z");
  const second = 1_000_000_000n;
  assert.equal(nowNano(at, second), "2026-11-29T10:00:00.005000000Z");
  assert.equal(nowNano(at, second + 123_456n), "2026-11-29T10:00:00.005123456Z");
  // The other clock has run ahead of the millisecond, and behind it.
  assert.equal(nowNano(at, second + 1_500_000n), "2026-11-29T10:00:00.005999999Z");
  assert.equal(nowNano(at + 2, second + 1_600_000n), "2026-11-29T10:00:00.007000000Z");
  // It was set.
  assert.equal(nowNano(at - 1000, second + 1_700_000n), "2026-11-29T09:59:59.005999999Z");
  assert.match(nowNano(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
});
