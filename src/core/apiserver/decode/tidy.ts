// What Go's encoder leaves out of the answer: empty values under omitempty.
import { isOmitted } from "./conforms.ts";
import { type Field, type GoType, structOf } from "./schema.ts";

/** A decoded value without what the server does not send back; itself where there is nothing of that. */
export function tidied(value: unknown, type: GoType): unknown {
  const { kind, element } = type;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return element === undefined ? value : tidiedList(value, element);
  if (kind === "struct") return tidiedMembers(value, structOf(type).fields);
  return value;
}

function tidiedList(list: readonly unknown[], element: GoType): readonly unknown[] {
  if (element.kind !== "struct") return list;
  let changed = false;
  const kept = list.map((item) => {
    const tidy = tidied(item, element);
    if (tidy !== item) changed = true;
    return tidy;
  });
  return changed ? kept : list;
}

function tidiedMembers(object: object, fields: ReadonlyMap<string, Field>): object {
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(object)) {
    const field = fields.get(key);
    const omitted =
      item === undefined || (field?.omitEmpty === true && isOmitted(item, field.type));
    const tidy = omitted || field === undefined ? item : tidied(item, field.type);
    if (!omitted && tidy === item) continue;
    copy ??= { ...(object as Record<string, unknown>) };
    if (omitted) delete copy[key];
    else copy[key] = tidy;
  }
  return copy ?? object;
}
