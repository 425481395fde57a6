// Clients turn a manifest into JSON with sorted keys before they send it: so the server meets its fields.
// @see sigs.k8s.io/yaml v1.6.0 yaml.go YAMLToJSON, Go's encoding/json encode.go mapEncoder
import type { JsonValue } from "../../model/json.ts";
import { compareGoStrings } from "../../rules/goText.ts";
import { isObject } from "./typeMessage.ts";

/** The same value; every object's keys in order. */
export function sortedKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => sortedKeys(item));
  if (!isObject(value)) return value;
  const sorted = Object.entries(value as Readonly<Record<string, JsonValue>>)
    .toSorted(([one], [other]) => compareGoStrings(one, other))
    .map(([key, member]) => [key, sortedKeys(member)] as const);
  return Object.fromEntries(sorted);
}
