// What stands along a path of an object: the names of list items, and the value at its end.
import type { FieldPath } from "../model/finding.ts";
import { isJsonObject, type JsonValue } from "../model/json.ts";

/** What a path goes through. */
export interface Walked {
  /** Positions in a list change when something is put before it: an item is known by its name. */
  readonly steps: readonly string[];
  /** Undefined where nothing is written. */
  readonly value: JsonValue | undefined;
}

export function walk(object: JsonValue, path: FieldPath): Walked {
  let value: JsonValue | undefined = object;
  const steps: string[] = [];
  for (const step of path) {
    if (Array.isArray(value)) {
      value = value[Number(step)];
      const name = isJsonObject(value) ? value["name"] : undefined;
      steps.push(typeof name === "string" ? name : "*");
    } else {
      value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
      steps.push(typeof step === "number" ? "*" : step);
    }
  }
  return { steps, value };
}
