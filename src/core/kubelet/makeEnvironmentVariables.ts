// Whether a container's environment can be made: the ConfigMaps, Secrets and keys that it takes values from.
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { ContainerAt, Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { missingKey, missingObject, type ObjectKind } from "./configObjects.ts";
import type { Refusal } from "./outcome.ts";

/**
 * undefined: nothing that the world tells of is missing.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
export function makeEnvironmentVariables(
  pod: Pod,
  at: ContainerAt,
  world: World,
): Refusal | undefined {
  const { env = [], envFrom = [] } = at.container;
  for (const [index, source] of (envFrom ?? []).entries()) {
    const refusal =
      missing("ConfigMap", source["configMapRef"], world) ??
      missing("Secret", source["secretRef"], world);
    if (refusal !== undefined) return refuse(refusal, [...at.path, "envFrom", index]);
  }
  for (const [index, variable] of (env ?? []).entries()) {
    const from = variable["valueFrom"];
    if (!isJsonObject(from)) continue;
    const refusal = missingValue(from, pod, world);
    if (refusal !== undefined) return refuse(refusal, [...at.path, "env", index]);
  }
  return undefined;
}

function missingValue(from: JsonObject, pod: Pod, world: World): string | undefined {
  for (const [kind, key] of KEY_SOURCES) {
    const reference = from[key];
    if (!isJsonObject(reference)) continue;
    return missing(kind, reference, world) ?? missingKey(kind, reference, pod, world);
  }
  return undefined;
}

const KEY_SOURCES: readonly (readonly [ObjectKind, string])[] = [
  ["ConfigMap", "configMapKeyRef"],
  ["Secret", "secretKeyRef"],
];

function missing(
  kind: ObjectKind,
  reference: JsonValue | undefined,
  world: World,
): string | undefined {
  return isJsonObject(reference) ? missingObject(kind, reference, world) : undefined;
}

function refuse(refusal: string, path: Refusal["path"]): Refusal {
  return { refusal, gate: "makeEnvironmentVariables", path };
}
