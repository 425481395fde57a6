// Where custom kinds keep their pod, as `--pod-path` tells it: `Rollout=spec.template`, `Job.batch.volcano.sh=spec.tasks[*].template`.
import type { FieldPath } from "../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

export interface PodPath {
  /** `Kind` or `Kind.group`; any kind if it is not told. */
  readonly kind: string | undefined;
  /** `*` stands for every item. */
  readonly steps: readonly string[];
}

/** `spec.template`, `spec.tasks[0].template`, `spec.tasks[*].template`, with `Kind=` before it or not. */
export function parsePodPath(text: string): PodPath {
  const equals = text.indexOf("=");
  const kind = equals === -1 ? undefined : text.slice(0, equals).trim();
  const steps = text
    .slice(equals + 1)
    .replaceAll(/\[(\*|\d+)\]/g, ".$1")
    .split(".")
    .map((step) => step.trim())
    .filter((step) => step !== "");
  return { kind, steps };
}

/** The places of pods in the object; where a path leads to nothing, nothing. */
export function customPodPaths(object: JsonObject, paths: readonly PodPath[]): FieldPath[] {
  const kind = typeof object["kind"] === "string" ? object["kind"] : "";
  const apiVersion = typeof object["apiVersion"] === "string" ? object["apiVersion"] : "";
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const found: FieldPath[] = [];
  for (const path of paths) {
    if (path.kind === undefined || path.kind === kind || path.kind === `${kind}.${group}`) {
      follow(object, path.steps, [], found);
    }
  }
  return found;
}

function follow(
  value: JsonValue,
  steps: readonly string[],
  path: FieldPath,
  found: FieldPath[],
): void {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (isJsonObject(value)) found.push(path);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (step === "*" || step === String(index)) follow(item, rest, [...path, index], found);
    }
  } else if (isJsonObject(value) && Object.hasOwn(value, step)) {
    follow(value[step] ?? null, rest, [...path, step], found);
  }
}
