import assert from "node:assert/strict";
import { test } from "node:test";
import { stopSignals } from "./stopSignals.ts";

/** Which of both wishes are there after signals at these times, in milliseconds. */
function after(...signals: readonly (readonly [NodeJS.Signals, number])[]): [boolean, boolean] {
  let time = 0;
  const stop = stopSignals(undefined, () => time);
  try {
    for (const [name, at] of signals) {
      time = at;
      process.emit(name);
    }
    return [stop.signal.aborted, stop.force.aborted];
  } finally {
    stop.end();
  }
}

test("the first signal asks, a second one later ends the pod at once", () => {
  assert.deepEqual(after(), [false, false]);
  assert.deepEqual(after(["SIGINT", 0]), [true, false]);
  assert.deepEqual(after(["SIGINT", 0], ["SIGINT", 500]), [true, true]);
  assert.deepEqual(after(["SIGTERM", 0], ["SIGINT", 500]), [true, true]);
});

test("one wish that comes twice asks once", () => {
  assert.deepEqual(after(["SIGTERM", 7], ["SIGTERM", 8], ["SIGTERM", 9]), [true, false]);
  assert.deepEqual(after(["SIGINT", 0], ["SIGTERM", 99]), [true, false]);
});

test("SIGQUIT ends the pod at once", () => {
  assert.deepEqual(after(["SIGQUIT", 0]), [true, true]);
  assert.deepEqual(after(["SIGTERM", 0], ["SIGQUIT", 1]), [true, true]);
});

test("whoever gives up asks, and a signal after that ends it at once", () => {
  const stop = stopSignals(undefined);
  stop.giveUp();
  assert.deepEqual([stop.signal.aborted, stop.force.aborted], [true, false]);
  process.emit("SIGINT");
  assert.equal(stop.force.aborted, true);
  stop.end();
});
