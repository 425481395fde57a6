import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { PodEvent } from "./podEvents.ts";
import { RecordedEvents, readEvents } from "./recordedEvents.ts";

const folder = mkdtempSync(join(tmpdir(), "secctx-events-"));
after(() => rmSync(folder, { recursive: true }));

function event(message: string): PodEvent {
  return { type: "Normal", reason: "Started", message, object: "spec.containers{c}" };
}

test("what is said again is counted, and is the latest", () => {
  const events = new RecordedEvents(folder);
  events.add(event("one"), "t1");
  events.add(event("two"), "t2");
  events.add(event("one"), "t3");
  assert.deepEqual(readEvents(folder), [
    { ...event("two"), count: 1, firstTimestamp: "t2", lastTimestamp: "t2" },
    { ...event("one"), count: 2, firstTimestamp: "t1", lastTimestamp: "t3" },
  ]);
});

test("a pod that lives long keeps its latest", () => {
  const events = new RecordedEvents(folder);
  for (let count = 0; count < 1000; count += 1) events.add(event(String(count)), "t");
  const kept = readEvents(folder);
  assert.equal(kept.length, 250);
  assert.equal(kept.at(-1)?.message, "999");
});

test("without any, and where none can be written", () => {
  assert.deepEqual(readEvents(join(folder, "nosuch")), []);
  new RecordedEvents(join(folder, "nosuch")).add(event("lost"));
});
