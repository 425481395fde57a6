// ConfigMaps and Secrets that a pod asks for: there, not there, or not to be told.
import type { JsonObject } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";

export type ObjectKind = "ConfigMap" | "Secret";

/** The API server's words for an object that is not there; undefined when it is, may be, or is optional. */
export function missingObject(
  kind: ObjectKind,
  reference: JsonObject,
  world: World,
): string | undefined {
  const objects = objectsOf(kind, world);
  const name = nameOf(reference);
  if (objects === undefined || reference["optional"] === true || Object.hasOwn(objects, name)) {
    return undefined;
  }
  return `${kind.toLowerCase()} ${goQuote(name)} not found`;
}

/**
 * The kubelet's words for a key that an existing object lacks.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
export function missingKey(
  kind: ObjectKind,
  reference: JsonObject,
  pod: Pod,
  world: World,
): string | undefined {
  const objects = objectsOf(kind, world);
  const name = nameOf(reference);
  if (objects === undefined || reference["optional"] === true) return undefined;
  const keys = Object.hasOwn(objects, name) ? objects[name] : undefined;
  const key = String(reference["key"] ?? "");
  if (keys === undefined || keys.includes(key)) return undefined;
  const namespace = pod.metadata?.namespace ?? world.namespace.name;
  return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
}

function objectsOf(kind: ObjectKind, world: World): World["namespace"]["configMaps"] {
  return kind === "ConfigMap" ? world.namespace.configMaps : world.namespace.secrets;
}

/** A secret volume spells it `secretName`. */
function nameOf(reference: JsonObject): string {
  return String(reference["name"] ?? reference["secretName"] ?? "");
}
