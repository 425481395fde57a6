import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TIMER_MS } from "../../node/clock.ts";
import { timeFor } from "./client.ts";

const ROWS: readonly (readonly [method: string, message: object, ms: number])[] = [
  ["StartContainer", {}, 120_000],
  ["RunPodSandbox", {}, 240_000],
  ["ExecSync", { timeout: 3n }, 123_000],
  // A hook, which the kubelet gives no end: a longer timer would fire at once.
  ["ExecSync", { timeout: BigInt(Math.ceil(MAX_TIMER_MS / 1000)) }, MAX_TIMER_MS],
  ["ContainerStatus", { verbose: true }, 30_000],
  ["ContainerStatus", { verbose: false }, 120_000],
];

for (const [method, message, ms] of ROWS) {
  test(`${method} has ${ms} ms`, () => {
    assert.equal(timeFor(method, message, 120_000), ms);
  });
}
