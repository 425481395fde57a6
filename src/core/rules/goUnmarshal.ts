// Reads JSON into a Go type as encoding/json does: names without regard to case, unknown ones ignored, the first misfit told at the end.
// @see go src/encoding/json/decode.go Unmarshal
import { isJsonObject, JsonDecimal, type JsonObject, type JsonValue } from "../model/json.ts";
import { goJsonSyntaxError } from "./goJsonSyntax.ts";
import { parseJson, writeJson } from "./json.ts";

/** `name` as Go prints the type: `specs.Arch`, `[]string`. */
export type GoType =
  | { readonly kind: "string" | "uint"; readonly name: string }
  | { readonly kind: "slice"; readonly name: string; readonly of: GoType }
  /** Reads its JSON itself: `refuse` gives the error of its UnmarshalJSON, which ends the decoding. */
  | {
      readonly kind: "custom";
      readonly name: string;
      readonly refuse: (json: string) => string | undefined;
    }
  | {
      readonly kind: "struct";
      readonly name: string;
      readonly fields: Readonly<Record<string, GoType>>;
    };

export type Unmarshalled =
  | { readonly value: JsonObject; readonly error?: undefined }
  | { readonly error: string };

/** A struct from JSON text: fields that the text has, by their own spelling; null and misfits left out. */
export function goUnmarshal(text: string, type: GoType & { kind: "struct" }): Unmarshalled {
  const syntax = goJsonSyntaxError(text);
  if (syntax !== undefined) return { error: syntax };
  const misfits: string[] = [];
  const refusals: string[] = [];
  const value = decode(parseJson(text, { keepDecimals: true, maxDepth: 10_000 }), type, {
    path: [],
    misfits,
    refusals,
  });
  const [refusal] = refusals;
  if (refusal !== undefined) return { error: refusal };
  const [first] = misfits;
  if (first !== undefined) return { error: `json: cannot unmarshal ${first}` };
  return { value: isJsonObject(value) ? value : {} };
}

interface Place {
  /** The struct that the value is a field of. */
  readonly struct?: string;
  readonly path: readonly string[];
  readonly misfits: string[];
  /** Errors of types that read themselves. */
  readonly refusals: string[];
}

function decode(value: JsonValue, type: GoType, place: Place): JsonValue | undefined {
  if (value === null) return undefined;
  if (type.kind === "custom") {
    const refusal = type.refuse(writeJson(value));
    if (refusal !== undefined) place.refusals.push(refusal);
    return value;
  }
  if (type.kind === "struct" && isJsonObject(value)) return decodeStruct(value, type, place);
  if (type.kind === "slice" && Array.isArray(value)) {
    return value.map((item: JsonValue) => decode(item, type.of, place) ?? zero(type.of));
  }
  if (type.kind === "string" && typeof value === "string") return value;
  if (type.kind === "uint" && isUint(value)) return value;
  const where =
    place.struct === undefined
      ? "Go value"
      : `Go struct field ${place.struct}.${place.path.join(".")}`;
  place.misfits.push(`${kindOf(value, type)} into ${where} of type ${type.name}`);
  return undefined;
}

function decodeStruct(
  value: JsonObject,
  type: GoType & { kind: "struct" },
  place: Place,
): JsonValue {
  const decoded: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = fieldOf(type, key);
    if (field === undefined) continue;
    const struct = type.name.replace(/^.*\./, "");
    const inside = { ...place, struct, path: [...place.path, field[0]] };
    const result = decode(item, field[1], inside);
    if (result !== undefined) decoded[field[0]] = result;
  }
  return decoded;
}

function fieldOf(type: GoType & { kind: "struct" }, key: string): [string, GoType] | undefined {
  const exact = type.fields[key];
  if (exact !== undefined && Object.hasOwn(type.fields, key)) return [key, exact];
  return Object.entries(type.fields).find(([name]) => name.toLowerCase() === key.toLowerCase());
}

function zero(type: GoType): JsonValue {
  if (type.kind === "string") return "";
  if (type.kind === "uint") return 0;
  return type.kind === "slice" ? null : {};
}

const MAX_UINT64 = 2n ** 64n - 1n;

function isUint(value: JsonValue): boolean {
  if (typeof value !== "number" && typeof value !== "bigint") return false;
  return (
    (typeof value === "bigint" || Number.isInteger(value)) && value >= 0 && value <= MAX_UINT64
  );
}

/** How the decoder calls what it cannot store. */
function kindOf(value: JsonValue, type: GoType): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (Array.isArray(value)) return "array";
  if (isJsonObject(value)) return "object";
  if (type.kind !== "uint") return "number";
  return `number ${value instanceof JsonDecimal ? value.literal : value}`;
}
