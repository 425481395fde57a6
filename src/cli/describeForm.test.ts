// What kubectl's own code prints of the recorded pods is what `describe` prints of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { goldenRows } from "../../test/golden.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { RecordedEvent } from "../lifecycle/recordedEvents.ts";
import { describePod } from "../report/describe/describePod.ts";
import { PLAIN } from "../report/style.ts";
import { deletedSince, describedEvents, describeForm } from "./describeForm.ts";

interface Recorded {
  readonly name: string;
  readonly pod: JsonObject;
  readonly deletedAgo?: number;
  readonly events: readonly RecordedAgo[];
  readonly text: string;
}
interface RecordedAgo {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly fieldPath?: string;
  readonly source: string;
  readonly count: number;
  readonly firstAgo: number;
  readonly lastAgo: number;
}

const NOW = Date.parse("2026-11-29T10:00:00Z");

function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString();
}

function eventOf(told: RecordedAgo): RecordedEvent {
  const { fieldPath, firstAgo, lastAgo, ...rest } = told;
  const object = fieldPath ?? "pod/x";
  return { ...rest, object, firstTimestamp: ago(firstAgo), lastTimestamp: ago(lastAgo) };
}

for (const { name, pod, deletedAgo, events, text } of goldenRows<Recorded>(
  "kubectl-0.37.2/describe.jsonl",
)) {
  test(`kubectl describe pod: ${name}`, () => {
    const told = { ...(pod["metadata"] as JsonObject) };
    const metadata =
      deletedAgo === undefined ? told : { ...told, deletionTimestamp: ago(deletedAgo) };
    const described = { ...pod, metadata };
    assert.equal(
      describePod(
        {
          pod: described,
          events: describedEvents(events.map(eventOf), NOW),
          deletedSince: deletedSince(described, NOW),
        },
        describeForm(described, PLAIN),
      ),
      text,
    );
  });
}
