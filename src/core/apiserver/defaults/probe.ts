// Defaults of probes and lifecycle handlers.
// @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Probe, SetDefaults_HTTPGetAction
import { isJsonObject, type JsonObject } from "../../model/json.ts";

export function setDefaultsProbe(probe: JsonObject): JsonObject {
  const { httpGet, grpc } = probe;
  return {
    ...probe,
    timeoutSeconds: probe["timeoutSeconds"] || 1,
    periodSeconds: probe["periodSeconds"] || 10,
    successThreshold: probe["successThreshold"] || 1,
    failureThreshold: probe["failureThreshold"] || 3,
    ...(isJsonObject(httpGet) ? { httpGet: setDefaultsHttpGet(httpGet) } : {}),
    ...(isJsonObject(grpc) ? { grpc: { service: "", ...grpc } } : {}),
  };
}

export function setDefaultsLifecycle(lifecycle: JsonObject): JsonObject {
  const defaulted: Record<string, JsonObject[string]> = { ...lifecycle };
  for (const handler of ["postStart", "preStop"]) {
    const action = lifecycle[handler];
    if (!isJsonObject(action) || !isJsonObject(action["httpGet"])) continue;
    defaulted[handler] = { ...action, httpGet: setDefaultsHttpGet(action["httpGet"]) };
  }
  return defaulted;
}

function setDefaultsHttpGet(action: JsonObject): JsonObject {
  return { ...action, path: action["path"] || "/", scheme: action["scheme"] || "HTTP" };
}
