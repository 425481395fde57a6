import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { oneAtATime } from "./oneAtATime.ts";

test("work of one key never overlaps, in order; a failure is its own and stops nobody", async () => {
  const told: string[] = [];
  const work = (name: string, ms: number, fails = false) =>
    oneAtATime("key", async () => {
      told.push(`${name} begins`);
      await setTimeout(ms);
      told.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const answers = await Promise.allSettled([work("a", 20), work("b", 10, true), work("c", 0)]);
  assert.deepEqual(
    answers.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason))),
    ["a", "Error: b", "c"],
  );
  const inOrder = ["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]);
  assert.deepEqual(told, inOrder);
});

test("other keys do not wait", async () => {
  let release = (): void => {};
  const held = oneAtATime(
    "held",
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  assert.equal(await oneAtATime("free", async () => 1), 1);
  release();
  await held;
});
