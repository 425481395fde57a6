// Whether a document is already just what the API server would answer: no unknown field, no null, no wrong type, nothing
// that it would leave out or fill in. Most manifests are, and then need no decoding at all.
import { JsonDecimal } from "../../model/json.ts";
import { isQuantity } from "./quantity.ts";
import { type Field, type GoType, structOf } from "./schema.ts";

const INT64_MAX = 9223372036854775807n;
const INT64_MIN = -9223372036854775808n;

export function conforms(value: unknown, type: GoType): boolean {
  switch (type.kind) {
    case "string":
    case "time":
      return typeof value === "string";
    case "bool":
      return typeof value === "boolean";
    case "int32":
      return isInt32(value);
    case "int64":
      return isInt64(value);
    case "struct":
      return conformsToStruct(value, type.struct);
    case "list":
      return conformsToList(value, type.element);
    case "map":
      return conformsToMap(value, type.element);
    case "quantity":
      return typeof value === "string" ? isQuantity(value) : isInt64(value);
    case "intOrString":
      return typeof value === "string" || isInt32(value);
    default:
      return false;
  }
}

export function isInt32(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

export function isInt64(value: unknown): value is number | bigint {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value === "bigint" && value >= INT64_MIN && value <= INT64_MAX;
}

function conformsToStruct(value: unknown, id: string): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const struct = structOf(id);
  let missing = struct.required;
  for (const key in value) {
    const field = struct.fields.get(key);
    if (field === undefined) return false;
    if (!conformsToField((value as Record<string, unknown>)[key], field)) return false;
    if (field.zero !== undefined) missing -= 1;
  }
  return missing === 0;
}

function conformsToField(value: unknown, { type, omitEmpty }: Field): boolean {
  if (omitEmpty && isOmitted(value, type)) return false;
  return conforms(value, type);
}

/** Would Go's encoder leave the value out under omitempty? Never a set pointer, never a struct. */
export function isOmitted(value: unknown, type: GoType): boolean {
  if (type.kind === "list") return Array.isArray(value) && value.length === 0;
  if (type.kind === "map") return isEmptyObject(value);
  // A pointer that is set stays, and what decodes itself is a struct in Go.
  if (type.nullable || type.kind === "intOrString" || type.kind === "quantity") return false;
  return value === false || value === "" || value === 0;
}

function isEmptyObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  for (const _key in value) return false;
  return true;
}

function conformsToList(value: unknown, element: GoType | undefined): boolean {
  if (!Array.isArray(value) || element === undefined) return false;
  for (const item of value) {
    if (!conforms(item, element)) return false;
  }
  return true;
}

function conformsToMap(value: unknown, element: GoType | undefined): boolean {
  if (typeof value !== "object" || value === null || element === undefined) return false;
  if (Array.isArray(value) || value instanceof JsonDecimal) return false;
  for (const key in value) {
    if (!conforms((value as Record<string, unknown>)[key], element)) return false;
  }
  return true;
}
