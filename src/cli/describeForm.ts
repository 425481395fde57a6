// What a description of a pod needs beside the pod: times as kubectl writes them, and values of the downward API.
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { Container } from "../core/model/pod.ts";
import type { RecordedEvent } from "../lifecycle/recordedEvents.ts";
import { humanDuration } from "../lifecycle/statusLine.ts";
import type { DescribeForm } from "../report/describe/describePod.ts";
import type { DescribedEvent } from "../report/describe/eventsText.ts";
import type { Style } from "../report/style.ts";
import { containerResourceValue } from "../volumes/downwardAPI.ts";

export function describeForm(pod: JsonObject, style: Style): DescribeForm {
  return {
    style,
    time: rfc1123,
    resolve: {
      field: (path) => fieldText(pod, path),
      resource: (selector, container) =>
        orEmpty(() => containerResourceValue(selector, container as unknown as Container, {})),
    },
  };
}

/** kubectl's own scheme converts these two only; what the kubelet would tell of others it leaves empty. */
const TOLD_FIELDS: Readonly<Record<string, string>> = {
  "metadata.name": "name",
  "metadata.namespace": "namespace",
};

/** @see kubectl v0.37.2 pkg/describe/describe.go EnvValueRetriever */
function fieldText({ metadata = {} }: JsonObject, path: string): string {
  const key = TOLD_FIELDS[path];
  return key === undefined || !isJsonObject(metadata) ? "" : String(metadata[key] ?? "");
}

function orEmpty(value: () => string): string {
  try {
    return value();
  } catch {
    return "";
  }
}

/** Go's zero time stands for none. */
const NO_TIME = "Mon, 01 Jan 0001 00:00:00 +0000";

/** As kubectl writes times. */
function rfc1123(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? NO_TIME : date.toUTCString().replace(/GMT$/, "+0000");
}

/**
 * The oldest first.
 * @param now milliseconds since 1970
 * @see kubectl v0.37.2 pkg/describe/describe.go DescribeEvents
 */
export function describedEvents(events: readonly RecordedEvent[], now: number): DescribedEvent[] {
  return [...events]
    .sort((a, b) => Date.parse(a.lastTimestamp) - Date.parse(b.lastTimestamp))
    .map((event) => describedEvent(event, now));
}

function describedEvent(event: RecordedEvent, now: number): DescribedEvent {
  const { type, reason, message, object, source = "kubelet" } = event;
  const { count, firstTimestamp, lastTimestamp } = event;
  const since = (time: string): string => humanDuration(now - Date.parse(time));
  const age =
    count > 1
      ? `${since(lastTimestamp)} (x${count} over ${since(firstTimestamp)})`
      : since(firstTimestamp);
  const fieldPath = object.startsWith("spec.") ? object : "";
  return { type, reason, message, fieldPath, source, age };
}

/** @see kubectl v0.37.2 pkg/describe/describe.go translateTimestampSince */
export function deletedSince(pod: JsonObject, now: number): string | undefined {
  const metadata = pod["metadata"];
  const at = isJsonObject(metadata) ? metadata["deletionTimestamp"] : undefined;
  if (typeof at !== "string") return undefined;
  const ms = now - Date.parse(at);
  // A second is the clocks' difference; before that the time lies ahead.
  return Math.trunc(ms / 1000) < -1 ? "<invalid>" : humanDuration(ms);
}
