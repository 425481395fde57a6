// The files of configMap, secret, downwardAPI and projected volumes: contents and modes, before anything is written.
import type { Int64, JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { type Allocatable, extractFieldPathAsString, extractResourceValue } from "./downwardAPI.ts";
import { aggregate, VolumeError } from "./failure.ts";
import {
  asNumber,
  asText,
  configMapData,
  list,
  NotFound,
  type ObjectStore,
  part,
  secretData,
} from "./objects.ts";
import { standInToken } from "./serviceAccountToken.ts";

export interface ProjectedContent {
  readonly data: Buffer;
  readonly mode: number;
  /** Owner; absent: root. */
  readonly user?: number;
}
/** By path in the volume. */
export type Payload = ReadonlyMap<string, ProjectedContent>;

export interface PayloadContext {
  readonly pod: Pod;
  readonly store: ObjectStore;
  /** To look at the machine takes time, and few volumes ask. */
  readonly allocatable: () => Allocatable;
  readonly fsGroup: Int64 | undefined;
  /** The one user of all containers. */
  readonly fsUser: Int64 | undefined;
}

const DEFAULT_MODE = 0o644;
const PRIVATE = 0o600;

/**
 * @param source `configMap`, `secret`, `downwardAPI` or `projected`
 * @param volume what stands below that key
 * @throws VolumeError in the words of the plugin
 */
export function payloadOf(source: string, volume: JsonObject, context: PayloadContext): Payload {
  const defaultMode = asNumber(volume["defaultMode"]) ?? DEFAULT_MODE;
  if (source === "configMap") return configMapPayload(volume, defaultMode, context);
  if (source === "secret") return secretPayload(volume, "secretName", defaultMode, context);
  if (source === "downwardAPI") return downwardPayload(volume, defaultMode, context);
  return projectedPayload(volume, defaultMode, context);
}

/** @see kubernetes v1.37.2 pkg/volume/configmap/configmap.go MakePayload */
function configMapPayload(
  volume: JsonObject,
  defaultMode: number,
  { store }: PayloadContext,
): Payload {
  const data = unlessOptional(volume, () => configMapData(store, asText(volume["name"])));
  return keyed(
    volume,
    data,
    defaultMode,
    (key) => `configmap references non-existent config key: ${key}`,
  );
}

/** @see kubernetes v1.37.2 pkg/volume/secret/secret.go MakePayload */
function secretPayload(
  volume: JsonObject,
  nameKey: string,
  defaultMode: number,
  { store }: PayloadContext,
): Payload {
  const data = unlessOptional(volume, () => secretData(store, asText(volume[nameKey])));
  return keyed(volume, data, defaultMode, (key) => `references non-existent secret key: ${key}`);
}

function unlessOptional(
  volume: JsonObject,
  read: () => Map<string, Buffer>,
): ReadonlyMap<string, Buffer> {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotFound && volume["optional"] === true) return new Map();
    throw error;
  }
}

/** All keys, or the items told: each key at its own path. */
function keyed(
  volume: JsonObject,
  data: ReadonlyMap<string, Buffer>,
  defaultMode: number,
  missing: (key: string) => string,
): Payload {
  const payload = new Map<string, ProjectedContent>();
  const items = list(volume, "items");
  if (items.length === 0) {
    for (const [key, content] of data) payload.set(key, { data: content, mode: defaultMode });
    return payload;
  }
  for (const item of items) {
    const key = asText(item["key"]);
    const content = data.get(key);
    if (content === undefined) {
      if (volume["optional"] === true) continue;
      throw new VolumeError(missing(key));
    }
    const mode = asNumber(item["mode"]) ?? defaultMode;
    payload.set(asText(item["path"]), { data: content, mode });
  }
  return payload;
}

/** @see kubernetes v1.37.2 pkg/volume/downwardapi/downwardapi.go CollectData */
function downwardPayload(
  volume: JsonObject,
  defaultMode: number,
  { pod, allocatable }: PayloadContext,
): Payload {
  const payload = new Map<string, ProjectedContent>();
  const errors: string[] = [];
  for (const item of list(volume, "items")) {
    const mode = asNumber(item["mode"]) ?? defaultMode;
    let text = "";
    try {
      if (item["fieldRef"] !== undefined) {
        text = extractFieldPathAsString(pod, asText(part(item, "fieldRef")["fieldPath"]));
      } else if (item["resourceFieldRef"] !== undefined) {
        text = extractResourceValue(part(item, "resourceFieldRef"), pod, allocatable());
      }
    } catch (error) {
      errors.push(messageOf(error));
    }
    payload.set(asText(item["path"]), { data: Buffer.from(text), mode });
  }
  if (errors.length > 0) throw new VolumeError(aggregate(errors));
  return payload;
}

/** @see kubernetes v1.37.2 pkg/volume/projected/projected.go collectData */
function projectedPayload(
  volume: JsonObject,
  defaultMode: number,
  context: PayloadContext,
): Payload {
  const payload = new Map<string, ProjectedContent>();
  const errors: string[] = [];
  for (const source of list(volume, "sources")) {
    try {
      for (const [path, content] of sourcePayload(source, defaultMode, context)) {
        payload.set(path, content);
      }
    } catch (error) {
      errors.push(messageOf(error));
    }
  }
  if (errors.length > 0) throw new VolumeError(aggregate(errors));
  return payload;
}

function sourcePayload(source: JsonObject, defaultMode: number, context: PayloadContext): Payload {
  if (source["secret"] !== undefined) {
    return secretPayload(part(source, "secret"), "name", defaultMode, context);
  }
  if (source["configMap"] !== undefined) {
    return configMapPayload(part(source, "configMap"), defaultMode, context);
  }
  if (source["downwardAPI"] !== undefined) {
    return downwardPayload(part(source, "downwardAPI"), defaultMode, context);
  }
  if (source["serviceAccountToken"] !== undefined) {
    return tokenPayload(part(source, "serviceAccountToken"), defaultMode, context);
  }
  throw new Error(`a source that volumesNotHad tells: ${Object.keys(source).join(" ")}`);
}

/** A token is private where somebody owns it: fsGroup turns 0600 into 0640 later. */
function tokenPayload(
  token: JsonObject,
  defaultMode: number,
  { pod, fsGroup, fsUser }: PayloadContext,
): Payload {
  const isOwned = fsUser !== undefined || fsGroup !== undefined;
  const content = {
    data: Buffer.from(standInToken(pod, asText(token["audience"]))),
    mode: isOwned ? PRIVATE : defaultMode,
    ...(fsUser === undefined ? {} : { user: Number(fsUser) }),
  };
  return new Map([[asText(token["path"]), content]]);
}

/** @throws what is no VolumeError: a bug */
function messageOf(error: unknown): string {
  if (error instanceof VolumeError) return error.message;
  throw error;
}
