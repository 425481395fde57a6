// A pod in an object of a kind that nobody told of: where a custom kind keeps what looks like one.
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

/** `spec.predictor.podTemplate` is deep; below that nobody keeps a pod. */
const MAX_DEPTH = 5;
/** An object may be as large as it likes. */
const MAX_OBJECTS = 500;

/**
 * The path of the first pod or template, nearest to the root: `spec.template`. It has a spec with a list of containers, each
 * with an image.
 */
export function untoldPodPath(object: JsonObject): string | undefined {
  let level: (readonly [string, JsonObject])[] = [["", object]];
  let seen = 0;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const next: (readonly [string, JsonObject])[] = [];
    for (const [path, one] of level) {
      if (path !== "" && isPod(one)) return path;
      for (const [key, value] of Object.entries(one)) {
        seen += 1;
        if (seen > MAX_OBJECTS) return undefined;
        // A path of --pod-path is written with dots.
        if (isJsonObject(value) && PLAIN.test(key)) {
          next.push([path === "" ? key : `${path}.${key}`, value]);
        }
      }
    }
    level = next;
  }
  return undefined;
}

const PLAIN = /^[A-Za-z][\w-]*$/;

function isPod({ spec }: JsonObject): boolean {
  if (!isJsonObject(spec)) return false;
  const { containers } = spec;
  return Array.isArray(containers) && containers.length > 0 && containers.every(isContainer);
}

function isContainer(value: JsonValue): boolean {
  return isJsonObject(value) && typeof value["image"] === "string";
}
