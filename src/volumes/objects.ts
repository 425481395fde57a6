// The objects that a pod's volumes and environment name, found among those of the same manifests.
import { isJsonObject, type JsonObject, type JsonValue } from "../core/model/json.ts";
import { goQuote } from "../core/rules/goText.ts";
import { VolumeError } from "./failure.ts";

/** Where objects are looked up. */
export interface ObjectStore {
  readonly namespace: string;
  readonly objects: readonly JsonObject[];
}

/** The object of this kind and name in the pod's namespace; one without a namespace was meant for it. */
export function findObject(
  { namespace, objects }: ObjectStore,
  kind: string,
  name: string,
): JsonObject | undefined {
  return objects.findLast((object) => {
    const metadata = part(object, "metadata");
    const itsNamespace = metadata["namespace"] ?? namespace;
    return object["kind"] === kind && metadata["name"] === name && itsNamespace === namespace;
  });
}

/** In every namespace of a real cluster there is one, made by the controller manager. */
const ROOT_CA = "kube-root-ca.crt";

/**
 * Data and binaryData of a ConfigMap, by key.
 * @throws VolumeError `configmap "x" not found`
 */
export function configMapData(store: ObjectStore, name: string): Map<string, Buffer> {
  const found = findObject(store, "ConfigMap", name);
  if (found === undefined) {
    if (name === ROOT_CA) return new Map([["ca.crt", Buffer.alloc(0)]]);
    throw new NotFound(`configmap ${goQuote(name)} not found`);
  }
  const data = new Map<string, Buffer>();
  for (const [key, value] of entries(found, "data")) data.set(key, Buffer.from(asText(value)));
  for (const [key, value] of entries(found, "binaryData")) {
    data.set(key, Buffer.from(asText(value), "base64"));
  }
  return data;
}

/**
 * Data of a Secret, by key; stringData stands above data, as the API server merges them.
 * @throws VolumeError `secret "x" not found`
 */
export function secretData(store: ObjectStore, name: string): Map<string, Buffer> {
  const found = findObject(store, "Secret", name);
  if (found === undefined) throw new NotFound(`secret ${goQuote(name)} not found`);
  const data = new Map<string, Buffer>();
  for (const [key, value] of entries(found, "data")) {
    data.set(key, Buffer.from(asText(value), "base64"));
  }
  for (const [key, value] of entries(found, "stringData"))
    data.set(key, Buffer.from(asText(value)));
  return data;
}

/** There is no such object; an optional reference goes on without it. */
export class NotFound extends VolumeError {}

export function part(object: JsonObject | undefined, key: string): JsonObject {
  const value = object?.[key];
  return isJsonObject(value) ? value : {};
}

export function list(object: JsonObject | undefined, key: string): readonly JsonObject[] {
  const value = object?.[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function entries(object: JsonObject, key: string): readonly [string, JsonValue][] {
  return Object.entries(part(object, key));
}

/** A text as it is, a number as it is written; "" for nothing. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function asNumber(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}
