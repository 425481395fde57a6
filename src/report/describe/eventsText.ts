// The events of a pod in kubectl's descriptions: a table of its own, the oldest first.
import { line } from "./fields.ts";

export interface DescribedEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** What of the pod it is about: `spec.containers{app}`; "" for the pod itself. */
  readonly fieldPath: string;
  readonly source: string;
  /** `3s (x2 over 5s)` */
  readonly age: string;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go DescribeEvents */
export function eventsText(events: readonly DescribedEvent[]): string {
  if (events.length === 0) return "Events:\t<none>\n";
  const rows = events.map(({ type, reason, age, source, fieldPath, message }) => {
    const about = fieldPath === "" ? "" : `${fieldPath}: `;
    return line(1, [type, reason, age, source, about + message.trim()].join("\t"));
  });
  const head =
    line(1, "Type\tReason\tAge\tFrom\tMessage") + line(1, "----\t------\t----\t----\t-------");
  return `Events:\n${head}${rows.join("")}`;
}
