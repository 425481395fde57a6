// Fields that exist only while a gate is on and that are simply left out: where in the pod's spec they stand.
import type { JsonObject } from "../model/json.ts";

/** Steps from the spec, joined by dots; lists are passed through. */
export type Place = string;

const CONTAINERS = ["containers", "initContainers", "ephemeralContainers"];
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HOOKS = ["lifecycle.postStart", "lifecycle.preStop"];

export function inContainers(...places: readonly Place[]): Place[] {
  return CONTAINERS.flatMap((list) => places.map((place) => `${list}.${place}`));
}

export function inProbes(place: Place): Place[] {
  return inContainers(...PROBES.map((probe) => `${probe}.${place}`));
}

export function inHooks(place: Place): Place[] {
  return inContainers(...HOOKS.map((hook) => `${hook}.${place}`));
}

/** Users of the files of volumes. @see kubernetes v1.37.2 pkg/api/pod/util.go dropDisabledAtomicWriteVolumeUserFields */
export const VOLUME_USERS: readonly Place[] = [
  ...["secret", "configMap", "downwardAPI"].flatMap((kind) => [
    `volumes.${kind}.defaultUser`,
    `volumes.${kind}.items.user`,
    `volumes.projected.sources.${kind}.items.user`,
  ]),
  "volumes.projected.defaultUser",
  ...["serviceAccountToken", "clusterTrustBundle", "podCertificate"].map(
    (kind) => `volumes.projected.sources.${kind}.user`,
  ),
];

/** Steps from the spec on, and what stands below each; nothing below: the field itself. */
export type Places = readonly (readonly [step: string, below: Places])[];

export function placesOf(places: readonly Place[]): Places {
  const below = new Map<string, Place[]>();
  for (const place of places) {
    const [step = "", ...rest] = place.split(".");
    const known = below.get(step) ?? [];
    if (rest.length > 0) known.push(rest.join("."));
    below.set(step, known);
  }
  return [...below].map(([step, inner]) => [step, placesOf(inner)]);
}

export function isSetAt(value: unknown, places: Places): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (isSetAt(item, places)) return true;
    return false;
  }
  for (const [step, below] of places) {
    const inner = (value as JsonObject)[step];
    if (inner === undefined) continue;
    if (below.length === 0 || isSetAt(inner, below)) return true;
  }
  return false;
}

/** `value` itself where nothing stands at the places. */
export function withoutPlaces<T>(value: T, places: Places): T {
  if (!isSetAt(value, places)) return value;
  if (Array.isArray(value)) return value.map((item) => withoutPlaces(item, places)) as T;
  const kept: Record<string, unknown> = { ...(value as JsonObject) };
  for (const [step, below] of places) {
    if (kept[step] === undefined) continue;
    const inner = below.length === 0 ? undefined : withoutPlaces(kept[step], below);
    // What has become an empty lifecycle is gone too.
    const isEmpty = step === "lifecycle" && Object.keys(inner ?? {}).length === 0;
    if (inner === undefined || isEmpty) delete kept[step];
    else kept[step] = inner;
  }
  return kept as T;
}
