// For tests: what the API server says of a new Pod, as `field: message`.

import { apiserver } from "../src/core/apiserver/apiserver.ts";
import type { JsonObject } from "../src/core/model/json.ts";
import { completeWorld, type WorldFile } from "../src/core/model/world.ts";

export function causesOf(spec: JsonObject, file: WorldFile = {}): string[] {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
  return causesOfObject("Pod", object, file);
}

export function causesOfObject(kind: string, object: JsonObject, file: WorldFile = {}): string[] {
  const { out } = apiserver({ operation: "create", kind, object }, completeWorld(file));
  const causes = (out.status?.details?.["causes"] ?? []) as unknown as readonly {
    readonly field: string;
    readonly message: string;
  }[];
  return causes.map(({ field, message }) => `${field}: ${message}`);
}
