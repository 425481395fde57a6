// How near a document already is to what the API server would answer. Most manifests are just that, and need no decoding:
// no unknown field, no null, no wrong type, nothing that it would fill in.
import { JsonDecimal } from "../../model/json.ts";
import { isQuantity } from "./quantity.ts";
import { type GoType, type Struct, structOf } from "./schema.ts";

const INT64_MAX = 9223372036854775807n;
const INT64_MIN = -9223372036854775808n;

/** Goes on as it is; or does, but holds empty values that the answer leaves out; or must be decoded. */
export const CONFORMS = 0;
export const UNTIDY = 1;
export const DEVIATES = 2;
export type Conformity = typeof CONFORMS | typeof UNTIDY | typeof DEVIATES;

export function conformity(value: unknown, type: GoType): Conformity {
  switch (type.kind) {
    case "string":
    case "time":
      return typeof value === "string" ? CONFORMS : DEVIATES;
    case "bool":
      return typeof value === "boolean" ? CONFORMS : DEVIATES;
    case "int32":
      return isInt32(value) ? CONFORMS : DEVIATES;
    case "int64":
      return isInt64(value) ? CONFORMS : DEVIATES;
    case "struct":
      return structConformity(value, structOf(type));
    case "list":
      return listConformity(value, type.element);
    case "map":
      return mapConformity(value, type.element);
    case "quantity":
      return (typeof value === "string" ? isQuantity(value) : isInt64(value)) ? CONFORMS : DEVIATES;
    case "intOrString":
      return typeof value === "string" || isInt32(value) ? CONFORMS : DEVIATES;
    default:
      return DEVIATES;
  }
}

export function isInt32(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

export function isInt64(value: unknown): value is number | bigint {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value === "bigint" && value >= INT64_MIN && value <= INT64_MAX;
}

function structConformity(value: unknown, struct: Struct): Conformity {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return DEVIATES;
  let missing = struct.zeros.length;
  let worst: Conformity = CONFORMS;
  for (const key in value) {
    const field = struct.fields.get(key);
    if (field === undefined) return DEVIATES;
    const item = (value as Record<string, unknown>)[key];
    const found = conformity(item, field.type);
    if (found === DEVIATES) return DEVIATES;
    if (found === UNTIDY || (field.omitEmpty && isOmitted(item, field.type))) worst = UNTIDY;
    if (field.zero !== undefined) missing -= 1;
  }
  return missing === 0 ? worst : DEVIATES;
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

function listConformity(value: unknown, element: GoType | undefined): Conformity {
  if (!Array.isArray(value) || element === undefined) return DEVIATES;
  let worst: Conformity = CONFORMS;
  for (const item of value) {
    const found = conformity(item, element);
    if (found === DEVIATES) return DEVIATES;
    if (found === UNTIDY) worst = UNTIDY;
  }
  return worst;
}

function mapConformity(value: unknown, element: GoType | undefined): Conformity {
  if (typeof value !== "object" || value === null || element === undefined) return DEVIATES;
  if (Array.isArray(value) || value instanceof JsonDecimal) return DEVIATES;
  let worst: Conformity = CONFORMS;
  for (const key in value) {
    const found = conformity((value as Record<string, unknown>)[key], element);
    if (found === DEVIATES) return DEVIATES;
    if (found === UNTIDY) worst = UNTIDY;
  }
  return worst;
}
