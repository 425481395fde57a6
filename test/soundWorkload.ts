// For tests: a workload that the API server takes, with the given fields of its own spec and metadata.
import type { JsonObject, JsonValue } from "../src/core/model/json.ts";

const GROUPS: Readonly<Record<string, string>> = {
  ReplicationController: "v1",
  Job: "batch/v1",
  CronJob: "batch/v1",
};
const LABELS = { app: "web" };
const ENDLESS = {
  metadata: { labels: LABELS },
  spec: { containers: [{ name: "c", image: "r.test/app:1" }] },
};
const ENDING = { ...ENDLESS, spec: { restartPolicy: "Never", ...ENDLESS.spec } };

/** A field that is null is left out. */
export function soundWorkload(
  kind: string,
  spec: JsonObject,
  metadata: JsonObject = { name: "w" },
): JsonObject {
  const fields: Record<string, JsonValue> = { ...ownSpec(kind), ...spec };
  for (const [name, value] of Object.entries(fields)) if (value === null) delete fields[name];
  return { apiVersion: GROUPS[kind] ?? "apps/v1", kind, metadata, spec: fields };
}

function ownSpec(kind: string): JsonObject {
  if (kind === "Job") return { template: ENDING };
  if (kind === "CronJob") {
    return { schedule: "@daily", jobTemplate: { spec: { template: ENDING } } };
  }
  const selector = kind === "ReplicationController" ? LABELS : { matchLabels: LABELS };
  return { selector, template: ENDLESS };
}
