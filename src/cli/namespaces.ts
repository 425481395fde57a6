// A Namespace that stands beside a pod tells which Pod Security levels hold for it.
import type { PodDocument } from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { World } from "../core/model/world.ts";

/** The world of one pod: with the labels of its Namespace, where the inputs have it. */
export function withNamespace(
  world: World,
  { workload }: PodDocument,
  objects: readonly JsonObject[],
): World {
  const name = workload.namespace ?? world.namespace.name;
  const found = objects.map(namespaceOf).find((namespace) => namespace?.name === name);
  if (found === undefined) return world;
  const labels = { ...world.namespace.labels, ...found.labels };
  return { ...world, namespace: { ...world.namespace, name, labels } };
}

function namespaceOf(
  object: JsonObject,
): { name: string; labels: Record<string, string> } | undefined {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion !== "v1" || kind !== "Namespace" || !isJsonObject(metadata)) return undefined;
  const labels = isJsonObject(metadata["labels"]) ? Object.entries(metadata["labels"]) : [];
  const texts = labels.filter((label): label is [string, string] => typeof label[1] === "string");
  return { name: String(metadata["name"]), labels: Object.fromEntries(texts) };
}
