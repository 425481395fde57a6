// The key of a mapping as JSON spells it: a text, whatever YAML read.
import type { YamlNode } from "./node.ts";
import { floatKey, isIntegerText } from "./numbers.ts";

/** What Go says of a key that JSON has no form for. */
export interface KeyFlaw {
  readonly flaw: string;
}

const MAX_INT64 = 2n ** 63n - 1n;

/** @see sigs.k8s.io/yaml v1.6.0 yaml.go convertToJSONableObject */
export function keyOf(node: YamlNode): string | KeyFlaw {
  const { json } = node;
  if (typeof json === "string") return json;
  if (typeof json === "boolean") return String(json);
  if (json === null) return { flaw: "unsupported map key of type: %!s(<nil>), key: <nil>" };
  if (typeof json === "bigint" && isInteger(node)) {
    if (json <= MAX_INT64) return String(json);
    return { flaw: `unsupported map key of type: uint64, key: 0x${json.toString(16)}` };
  }
  return isInteger(node) ? String(json) : floatKey(Number(json));
}

function isInteger(node: YamlNode): boolean {
  const { tag, text } = node.target ?? node;
  return isIntegerText(text) && !tag.endsWith(":float");
}

/** Whether Go's decoder takes both for one key: `1` and `"1"` are two, though JSON has but one form for them. */
export function isSameKey(one: YamlNode, other: YamlNode): boolean {
  return typeof one.json === typeof other.json && isInteger(one) === isInteger(other);
}
