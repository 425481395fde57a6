// What Go's encoder leaves out of the answer: empty values under omitempty.
import { isOmitted } from "./conforms.ts";
import { type GoType, structOf } from "./schema.ts";

/** A copy of a decoded value without what the server does not send back. */
export function tidied(value: unknown, type: GoType): unknown {
  const { element } = type;
  if (Array.isArray(value))
    return element === undefined ? value : value.map((item) => tidied(item, element));
  if (typeof value !== "object" || value === null) return value;
  if (type.kind === "map" && element !== undefined) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, tidied(item, element)]),
    );
  }
  if (type.kind !== "struct") return value;
  const { fields } = structOf(type.struct);
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = fields.get(key);
    if (field === undefined || (field.omitEmpty && isOmitted(item, field.type))) continue;
    kept[key] = tidied(item, field.type);
  }
  return kept;
}
