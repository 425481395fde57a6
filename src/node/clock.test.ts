import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TIMER_MS, timerMs } from "./clock.ts";

test("no timer is set for longer than Node knows, or for less than nothing", () => {
  assert.deepEqual([-5, 0, 1500, 2 ** 31 * 1000].map(timerMs), [0, 0, 1500, MAX_TIMER_MS]);
});
