// Defaults of a volume: without a source it is an emptyDir.
// @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Volume
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import type { Volume } from "../../model/pod.ts";
import { setDefaultsFieldRef } from "./container.ts";
import { defaultPullPolicy } from "./imageTag.ts";

/** What a source gets where the field is absent. */
const CONSTANTS: Readonly<Record<string, JsonObject>> = {
  hostPath: { type: "" },
  secret: { defaultMode: 0o644 },
  configMap: { defaultMode: 0o644 },
  downwardAPI: { defaultMode: 0o644 },
  projected: { defaultMode: 0o644 },
  iscsi: { iscsiInterface: "default" },
  rbd: { pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring" },
  azureDisk: { cachingMode: "ReadWrite", fsType: "ext4", readOnly: false, kind: "Shared" },
  scaleIO: { storageMode: "ThinProvisioned", fsType: "xfs" },
};

export function setDefaultsVolume(volume: Volume): Volume {
  let source: string | undefined;
  for (const key in volume) {
    if (key !== "name") source = key;
  }
  if (source === undefined) return { ...volume, emptyDir: {} };
  const given = volume[source];
  if (!isJsonObject(given)) return volume;
  const defaulted = setDefaultsSource(source, given);
  return defaulted === given ? volume : { ...volume, [source]: defaulted };
}

function setDefaultsSource(name: string, source: JsonObject): JsonObject {
  const constants = CONSTANTS[name];
  const filled = constants === undefined ? source : { ...constants, ...source };
  switch (name) {
    case "downwardAPI":
      return setDefaultsItems(filled);
    case "projected":
      return setDefaultsProjections(filled);
    case "image":
      return filled["pullPolicy"]
        ? filled
        : { ...filled, pullPolicy: defaultPullPolicy(String(filled["reference"] ?? "")) };
    default:
      return filled;
  }
}

function setDefaultsItems(source: JsonObject): JsonObject {
  const { items } = source;
  if (!Array.isArray(items)) return source;
  return {
    ...source,
    items: items.map((item: JsonValue) => {
      if (!isJsonObject(item) || !isJsonObject(item["fieldRef"])) return item;
      return { ...item, fieldRef: setDefaultsFieldRef(item["fieldRef"]) };
    }),
  };
}

function setDefaultsProjections(source: JsonObject): JsonObject {
  const { sources } = source;
  if (!Array.isArray(sources)) return source;
  return {
    ...source,
    sources: sources.map((projection: JsonValue) => {
      if (!isJsonObject(projection)) return projection;
      const { downwardAPI, serviceAccountToken } = projection;
      return {
        ...projection,
        ...(isJsonObject(downwardAPI) ? { downwardAPI: setDefaultsItems(downwardAPI) } : {}),
        ...(isJsonObject(serviceAccountToken)
          ? { serviceAccountToken: { expirationSeconds: 3600, ...serviceAccountToken } }
          : {}),
      };
    }),
  };
}
