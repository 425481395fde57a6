// Decodes a document as Go does with the strict, case-sensitive JSON decoder of Kubernetes: the first wrong type refuses
// it; unknown and duplicate fields are noted; null unsets only what is a pointer, list or map; two objects under one key merge.
// @see sigs.k8s.io/json internal/golang/encoding/json/decode.go
import type { FieldPath } from "../../model/finding.ts";
import type { JsonValue } from "../../model/json.ts";
import { isInt32, isInt64 } from "./conforms.ts";
import { meant } from "./meant.ts";
import { quantityError } from "./quantity.ts";
import { type Field, type GoType, structOf, zeroOf } from "./schema.ts";
import { isObject, literalOf, typeHint, typeMessage } from "./typeMessage.ts";

export interface StrictError {
  readonly kind: "unknown field" | "duplicate field";
  readonly path: FieldPath;
  /** See meant.ts. */
  readonly hint?: string;
}
export interface WrongType {
  /** Go's text, without what the API server puts before it. */
  readonly message: string;
  readonly path: FieldPath;
  readonly hint?: string;
}
export interface Decoded {
  readonly value: unknown;
  readonly strictErrors: readonly StrictError[];
  readonly typeError?: WrongType;
}
/** Objects that have a key twice, with all their members (see ParseJsonOptions.duplicates). */
export type Duplicates = ReadonlyMap<JsonValue, readonly (readonly [string, JsonValue])[]>;

/** Go keeps no more of them than this. */
const MOST_STRICT_ERRORS = 100;
/** More than these nobody mends at once. */
const MOST_TYPE_ERRORS = 100;

interface State {
  readonly duplicates: Duplicates | undefined;
  readonly strictErrors: StrictError[];
  readonly seen: Set<string>;
  /** Where the decoder stands, with indices. */
  readonly path: (string | number)[];
  /** Where a type error says it stands: struct fields only, embedding structs by their Go names. */
  readonly fieldStack: string[];
  struct: string;
  typeError: WrongType | undefined;
  readonly all: WrongType[] | undefined;
}

/** An error of a type that decodes itself ends the decoding at once and hides a type error before it. */
class Abort extends Error {}

/** @param all every wrong type is put there, and none ends the decoding: what Go would say once the ones before are mended */
export function decodeValue(
  raw: unknown,
  type: GoType,
  duplicates?: Duplicates,
  all?: WrongType[],
): Decoded {
  const state: State = {
    duplicates,
    strictErrors: [],
    seen: new Set(),
    path: [],
    fieldStack: [],
    struct: "",
    typeError: undefined,
    all,
  };
  let value: unknown;
  try {
    value = decode(state, raw, type, undefined);
  } catch (error) {
    if (!(error instanceof Abort)) throw error;
    state.typeError = { message: error.message, path: [...state.path] };
  }
  const { strictErrors, typeError } = state;
  return { value, strictErrors, ...(typeError === undefined ? {} : { typeError }) };
}

/** The decoded value; undefined is nil. `current` is what an earlier occurrence of the key has left there. */
function decode(state: State, raw: unknown, type: GoType, current: unknown): unknown {
  if (raw === null || raw === undefined) return type.nullable ? undefined : current;
  switch (type.kind) {
    case "struct":
      return decodeStruct(state, raw, type, current);
    case "list":
      return decodeList(state, raw, type, current);
    case "map":
      return decodeMap(state, raw, type, current);
    case "string":
    case "bytes":
      return typeof raw === "string" ? raw : mismatch(state, raw, type, current);
    case "bool":
      return typeof raw === "boolean" ? raw : mismatch(state, raw, type, current);
    case "int32":
      return isInt32(raw) ? raw : mismatch(state, raw, type, current);
    case "int64":
      return isInt64(raw) ? raw : mismatch(state, raw, type, current);
    case "intOrString":
      if (typeof raw === "string" || isInt32(raw)) return raw;
      return abort(state, typeMessage(state, raw, "int32", true));
    case "time":
      if (typeof raw === "string") return raw;
      return abort(state, typeMessage(state, raw, "string", false));
    case "quantity":
      return decodeQuantity(state, raw);
    default:
      return raw;
  }
}

function decodeStruct(state: State, raw: unknown, type: GoType, current: unknown): unknown {
  if (!isObject(raw)) return mismatch(state, raw, type, current);
  const { name, fields, zeros } = structOf(type);
  const into: Record<string, unknown> = isObject(current) ? { ...current } : {};
  // Only a text can have a key twice.
  const met = state.duplicates === undefined ? undefined : new Set<string>();
  const { struct: outer } = state;
  const depth = state.fieldStack.length;
  for (const [key, value] of membersOf(state, raw)) {
    if (value === undefined) continue;
    const field = fields.get(key);
    if (field === undefined) {
      strictError(state, "unknown field", key, meant(key, structOf(type)));
      continue;
    }
    if (met?.has(key)) strictError(state, "duplicate field", key);
    met?.add(key);
    state.struct = name;
    if (field.embedded.length > 0) state.fieldStack.push(...field.embedded);
    state.fieldStack.push(key);
    state.path.push(key);
    store(into, key, decode(state, value, field.type, into[key]));
    state.path.pop();
    state.fieldStack.length = depth;
    state.struct = outer;
  }
  fillZeros(into, zeros);
  return into;
}

function decodeList(state: State, raw: unknown, type: GoType, current: unknown): unknown {
  if (!Array.isArray(raw)) return mismatch(state, raw, type, current);
  const { element } = type;
  if (element === undefined) return raw;
  // Go decodes the second list of a duplicate key into the elements of the first.
  const earlier = Array.isArray(current) ? current : [];
  return raw.map((item, index) => {
    state.path.push(index);
    const value = decode(state, item, element, earlier[index]);
    state.path.pop();
    return value === undefined ? filledZero(element) : value;
  });
}

function decodeMap(state: State, raw: unknown, type: GoType, current: unknown): unknown {
  const { element } = type;
  if (!isObject(raw) || element === undefined) return mismatch(state, raw, type, current);
  const into: Record<string, unknown> = isObject(current) ? { ...current } : {};
  const met = new Set<string>();
  for (const [key, value] of membersOf(state, raw)) {
    if (value === undefined) continue;
    if (met.has(key)) strictError(state, "duplicate field", key);
    met.add(key);
    state.path.push(key);
    store(into, key, decode(state, value, element, undefined) ?? filledZero(element));
    state.path.pop();
  }
  return into;
}

function decodeQuantity(state: State, raw: unknown): unknown {
  const text = typeof raw === "string" ? raw : literalOf(raw);
  const error = quantityError(text);
  return error === undefined ? raw : abort(state, error);
}

function membersOf(state: State, raw: object): readonly (readonly [string, unknown])[] {
  return state.duplicates?.get(raw as JsonValue) ?? Object.entries(raw);
}

/** Keeps a key called `__proto__` data. */
function store(into: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete into[key];
  else if (key !== "__proto__") into[key] = value;
  else
    Object.defineProperty(into, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function fillZeros(into: Record<string, unknown>, fields: readonly Field[]): void {
  for (const { name, zero } of fields) {
    if (zero !== undefined && into[name] === undefined) into[name] = zero;
  }
}

function filledZero(type: GoType): unknown {
  const zero = zeroOf(type);
  if (type.kind !== "struct" || zero === null) return zero;
  const into: Record<string, unknown> = {};
  fillZeros(into, structOf(type).zeros);
  return into;
}

function strictError(state: State, kind: StrictError["kind"], key: string, hint?: string): void {
  const path = [...state.path, key];
  const identity = `${kind} ${JSON.stringify(path)}`;
  if (state.strictErrors.length >= MOST_STRICT_ERRORS || state.seen.has(identity)) return;
  state.seen.add(identity);
  state.strictErrors.push({ kind, path, ...(hint === undefined ? {} : { hint }) });
}

/** Notes the first wrong type; the value is skipped. */
function mismatch(state: State, raw: unknown, type: GoType, current: unknown): unknown {
  const integer = type.kind === "int32" || type.kind === "int64";
  if (state.typeError === undefined || state.all !== undefined) {
    const hint = typeHint(raw, type.kind);
    noteTypeError(state, typeMessage(state, raw, type.shown, integer), hint);
  }
  return current;
}

function abort(state: State, message: string): undefined {
  if (state.all === undefined) throw new Abort(message);
  noteTypeError(state, message);
  return undefined;
}

function noteTypeError(state: State, message: string, hint?: string): void {
  const error = { message, path: [...state.path], ...(hint === undefined ? {} : { hint }) };
  state.typeError ??= error;
  if (state.all !== undefined && state.all.length < MOST_TYPE_ERRORS) state.all.push(error);
}
