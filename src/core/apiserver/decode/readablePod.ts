// A pod that the API server refuses, with all in it that it could read: what has a wrong type is left out, as Go leaves it.
import { isJsonObject } from "../../model/json.ts";
import type { Pod } from "../../model/pod.ts";
import { decodeValue } from "./decodeValue.ts";
import { structType } from "./schema.ts";

/** Whatever is given, its parts have the types that they say. */
export function readablePod(pod: unknown): Pod {
  const { value } = decodeValue(pod, structType("core.Pod"), undefined, []);
  const read = isJsonObject(value as never) ? (value as Partial<Pod>) : {};
  return { ...read, spec: read.spec ?? { containers: [] } };
}
