// A container's environment as the kubelet makes it: envFrom, then env with its references, in the order of the pod.
import { isJsonObject, type JsonObject, type JsonValue } from "../core/model/json.ts";
import type { Container, Pod } from "../core/model/pod.ts";
import {
  type Allocatable,
  containerResourceValue,
  extractFieldPathAsString,
  extractResourceValue,
} from "../volumes/downwardAPI.ts";
import { expand } from "./expand.ts";

/** ConfigMaps and Secrets of the same files, by name. */
export interface ConfigObjects {
  readonly configMaps: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly secrets: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export interface EnvironmentInput {
  readonly pod: Pod;
  readonly container: Container;
  readonly objects: ConfigObjects;
  /** What the kubelet knows beside the pod: `status.podIP`, `spec.nodeName` … */
  readonly fieldValues: Readonly<Record<string, string>>;
  /** What the node can give. */
  readonly allocatable: () => Allocatable;
  /** What a `fileKeyRef` gives, undefined where it is optional and not there. @throws VolumeError */
  readonly fileKey: (selector: JsonObject) => string | undefined;
  /** Variables made of Services: the pod's own stand above them. */
  readonly services: ReadonlyMap<string, string>;
}

/**
 * Name → value. Missing objects and keys are the kubelet room's refusals, so here they are left out.
 * @throws VolumeError of a file that has no such variable
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
export function makeEnvironment(input: EnvironmentInput): Map<string, string> {
  const { container, objects, services } = input;
  const environment = new Map<string, string>();
  for (const source of container.envFrom ?? []) {
    const prefix = typeof source["prefix"] === "string" ? source["prefix"] : "";
    const values = {
      ...lookUp(objects.configMaps, source["configMapRef"]),
      ...lookUp(objects.secrets, source["secretRef"]),
    };
    for (const [name, value] of Object.entries(values)) environment.set(prefix + name, value);
  }
  for (const variable of container.env ?? []) {
    const value = valueOfVariable(variable, environment, input);
    if (value !== undefined) environment.set(String(variable["name"]), value);
  }
  for (const [name, value] of services) {
    if (!environment.has(name)) environment.set(name, value);
  }
  return environment;
}

function lookUp(
  objects: ReadonlyMap<string, Readonly<Record<string, string>>>,
  reference: JsonValue | undefined,
): Readonly<Record<string, string>> | undefined {
  return isJsonObject(reference) ? objects.get(String(reference["name"])) : undefined;
}

function valueOfVariable(
  variable: JsonObject,
  before: ReadonlyMap<string, string>,
  input: EnvironmentInput,
): string | undefined {
  const from = variable["valueFrom"];
  if (!isJsonObject(from)) {
    return expand(
      String(variable["value"] ?? ""),
      (name) => before.get(name) ?? input.services.get(name),
    );
  }
  const field = from["fieldRef"];
  if (isJsonObject(field)) {
    const path = String(field["fieldPath"]);
    return input.fieldValues[path] ?? extractFieldPathAsString(input.pod, path);
  }
  const resource = from["resourceFieldRef"];
  if (isJsonObject(resource)) return resourceValue(resource, input);
  const file = from["fileKeyRef"];
  if (isJsonObject(file)) return input.fileKey(file);
  for (const [key, objects] of [
    ["configMapKeyRef", input.objects.configMaps],
    ["secretKeyRef", input.objects.secrets],
  ] as const) {
    const reference = from[key];
    if (isJsonObject(reference)) return lookUp(objects, reference)?.[String(reference["key"])];
  }
  return undefined;
}

function resourceValue(selector: JsonObject, input: EnvironmentInput): string {
  const { pod, container } = input;
  const allocatable = input.allocatable();
  const { containerName } = selector;
  return containerName === undefined || containerName === ""
    ? containerResourceValue(selector, container, allocatable)
    : extractResourceValue(selector, pod, allocatable);
}

/** The ConfigMaps and Secrets among `objects` in one namespace, with their values as text. */
export function configObjects(objects: readonly JsonObject[], namespace: string): ConfigObjects {
  const configMaps = new Map<string, Readonly<Record<string, string>>>();
  const secrets = new Map<string, Readonly<Record<string, string>>>();
  for (const object of objects) {
    const metadata = isJsonObject(object["metadata"]) ? object["metadata"] : {};
    if ((metadata["namespace"] ?? namespace) !== namespace) continue;
    const name = String(metadata["name"]);
    if (object["kind"] === "ConfigMap") {
      // The kubelet makes no variables of binaryData.
      configMaps.set(name, texts(object["data"]));
    }
    if (object["kind"] === "Secret") {
      secrets.set(name, { ...decoded(object["data"]), ...texts(object["stringData"]) });
    }
  }
  return { configMaps, secrets };
}

function texts(values: JsonValue | undefined): Record<string, string> {
  if (!isJsonObject(values)) return {};
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

function decoded(values: JsonValue | undefined): Record<string, string> {
  const found = Object.entries(texts(values));
  return Object.fromEntries(
    found.map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]),
  );
}
