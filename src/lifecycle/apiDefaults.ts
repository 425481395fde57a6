// What the API server fills in that says nothing about security, and what its admission plugins add to every pod.
// @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go, plugin/pkg/admission/defaulttolerationseconds, plugin/pkg/admission/priority
import { isJsonObject, type JsonObject, type JsonValue } from "../core/model/json.ts";
import type { Container, Pod, PodSpec, Volume } from "../core/model/pod.ts";
import { parseReference } from "../images/reference.ts";

const EVICTED_AFTER = 300;
const TOLERATIONS = ["not-ready", "unreachable"].map((taint) => ({
  ...{ key: `node.kubernetes.io/${taint}`, operator: "Exists", effect: "NoExecute" },
  tolerationSeconds: EVICTED_AFTER,
}));
const PRIORITY = { priority: 0, preemptionPolicy: "PreemptLowerPriority" };
const FILE_MODE = 0o644;
const TOKEN_SECONDS = 3600;

/** @param pod with the defaults that core/apiserver sets */
export function withApiDefaults(pod: Pod): Pod {
  const { spec } = pod;
  const lists: Partial<Record<"containers" | "initContainers" | "ephemeralContainers", object>> =
    {};
  for (const kind of ["containers", "initContainers", "ephemeralContainers"] as const) {
    const list = spec[kind];
    if (list) lists[kind] = list.map((container) => containerDefaults(container));
  }
  const whole = {
    ...{ schedulerName: "default-scheduler", enableServiceLinks: true, ...PRIORITY, ...spec },
    ...lists,
    ...(spec.volumes ? { volumes: spec.volumes.map(volumeDefaults) } : {}),
    tolerations: tolerations(spec["tolerations"] as JsonValue | undefined),
  };
  return { ...pod, spec: whole as unknown as PodSpec };
}

/** @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Container, SetDefaults_Pod */
function containerDefaults(container: Container): Container {
  const { image = "", env, resources, lifecycle } = container;
  const policy = container.imagePullPolicy || pullPolicy(image);
  const probes = Object.fromEntries(
    (["livenessProbe", "readinessProbe", "startupProbe"] as const).flatMap((name) => {
      const probe = container[name];
      return probe ? [[name, probeDefaults(probe)]] : [];
    }),
  );
  return {
    ...{ terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" },
    ...container,
    ...probes,
    ...(env ? { env: env.map((one) => fieldDefaults(one, "valueFrom")) } : {}),
    ...(lifecycle ? { lifecycle: hookDefaults(lifecycle) } : {}),
    resources: requestsOf(resources ?? {}),
    imagePullPolicy: policy,
  };
}

function pullPolicy(image: string): string {
  try {
    const { tag, digest } = parseReference(image);
    const isLatest = tag === "latest" || (tag === undefined && digest === undefined);
    return isLatest ? "Always" : "IfNotPresent";
  } catch {
    return "IfNotPresent";
  }
}

/** What is limited is asked for. */
function requestsOf(resources: JsonObject): JsonObject {
  const { limits, requests } = resources;
  if (!isJsonObject(limits)) return resources;
  return { ...resources, requests: { ...limits, ...(isJsonObject(requests) ? requests : {}) } };
}

function probeDefaults(probe: JsonObject): JsonObject {
  const counts = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  return handlerDefaults(unlessZero(counts, probe));
}

function hookDefaults(lifecycle: JsonObject): JsonObject {
  return mapValues(lifecycle, (hook) => (isJsonObject(hook) ? handlerDefaults(hook) : hook));
}

function handlerDefaults(handler: JsonObject): JsonObject {
  const { httpGet, grpc } = handler;
  return {
    ...handler,
    ...(isJsonObject(httpGet) ? { httpGet: { path: "/", scheme: "HTTP", ...httpGet } } : {}),
    ...(isJsonObject(grpc) ? { grpc: { service: "", ...grpc } } : {}),
  };
}

/** Go's zero and what is not there are one. */
function unlessZero(defaults: JsonObject, told: JsonObject): JsonObject {
  const kept = Object.entries(told).filter(([key, value]) => !(key in defaults) || value !== 0);
  return { ...defaults, ...Object.fromEntries(kept) };
}

function volumeDefaults(volume: Volume): Volume {
  return mapValues(volume as JsonObject, (source, kind) => {
    if (!isJsonObject(source)) return source;
    if (kind === "hostPath") return { type: "", ...source };
    if (kind === "configMap" || kind === "secret") return { defaultMode: FILE_MODE, ...source };
    if (kind === "downwardAPI") return { defaultMode: FILE_MODE, ...withItems(source) };
    if (kind === "image") return { pullPolicy: pullPolicy(String(source["reference"])), ...source };
    if (kind !== "projected") return source;
    const sources = mapList(source["sources"], projectionDefaults);
    return { defaultMode: FILE_MODE, ...source, ...(sources ? { sources } : {}) };
  }) as unknown as Volume;
}

function projectionDefaults(source: JsonObject): JsonObject {
  return mapValues(source, (part, kind) => {
    if (!isJsonObject(part)) return part;
    if (kind === "serviceAccountToken") return { expirationSeconds: TOKEN_SECONDS, ...part };
    return kind === "downwardAPI" ? withItems(part) : part;
  });
}

function withItems(source: JsonObject): JsonObject {
  const items = mapList(source["items"], (item) => fieldDefaults(item));
  return items ? { ...source, items } : source;
}

/** References of the downward API, in the object itself or below a key of it. */
function fieldDefaults(object: JsonObject, below?: string): JsonObject {
  if (below !== undefined) {
    const inner = object[below];
    return isJsonObject(inner) ? { ...object, [below]: fieldDefaults(inner) } : object;
  }
  const { fieldRef, resourceFieldRef } = object;
  return {
    ...object,
    ...(isJsonObject(fieldRef) ? { fieldRef: { apiVersion: "v1", ...fieldRef } } : {}),
    ...(isJsonObject(resourceFieldRef)
      ? { resourceFieldRef: { divisor: "0", ...resourceFieldRef } }
      : {}),
  };
}

/** A toleration of the same taint stands. */
function tolerations(told: JsonValue | undefined): readonly JsonValue[] {
  const own = Array.isArray(told) ? told : [];
  const isTold = (key: string): boolean =>
    own.some(
      (one) =>
        isJsonObject(one) &&
        (one["key"] === key || !one["key"]) &&
        (one["effect"] === "NoExecute" || !one["effect"]),
    );
  return [...own, ...TOLERATIONS.filter(({ key }) => !isTold(key))];
}

function mapValues(
  object: JsonObject,
  map: (value: JsonValue | undefined, key: string) => JsonValue | undefined,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, map(value, key)]),
  ) as JsonObject;
}

function mapList(
  list: JsonValue | undefined,
  map: (one: JsonObject) => JsonObject,
): JsonValue[] | undefined {
  return Array.isArray(list) ? list.map((one) => (isJsonObject(one) ? map(one) : one)) : undefined;
}
