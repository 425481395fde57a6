import assert from "node:assert/strict";
import { test } from "node:test";
import { BackOff } from "./backOff.ts";
import { goDuration } from "./probes/goDuration.ts";

test("10 s, doubled up to 5 min, as the kubelet prints them", () => {
  let now = 0;
  const backOff = new BackOff(1, () => now);
  const waited: string[] = [];
  for (let restart = 0; restart < 8; restart += 1) {
    const ms = backOff.waitMs(now);
    waited.push(goDuration(ms / 1000));
    now += ms;
    backOff.next(now - ms);
  }
  assert.deepEqual(waited, ["0s", "10s", "20s", "40s", "1m20s", "2m40s", "5m0s", "5m0s"]);
});

test("the wait counts from the end of the container, and is scaled", () => {
  let now = 0;
  const backOff = new BackOff(0.1, () => now);
  backOff.next(0);
  now = 400;
  assert.equal(backOff.waitMs(100), 700);
  assert.equal(backOff.seconds, 10);
  now = 5000;
  assert.equal(backOff.waitMs(100), 0);
});

test("forgotten by a container that ran for more than ten minutes", () => {
  let now = 0;
  const backOff = new BackOff(1, () => now);
  backOff.next(0);
  backOff.next(0);
  assert.equal(backOff.seconds, 20);
  now = 600_001;
  assert.equal(backOff.waitMs(now), 0);
  backOff.next(now);
  assert.equal(backOff.seconds, 10);
});

test("Go's durations", () => {
  assert.equal(goDuration(3600), "1h0m0s");
  assert.equal(goDuration(61), "1m1s");
});
