// The Go types that the API server decodes into, unfolded from the generated table as they are needed.
import { NAMED, STRUCTS } from "../../tables/podSchema.ts";

/** What a Go type takes from JSON; quantity, intOrString and time decode themselves. */
export type Kind =
  | "string"
  | "bool"
  | "int32"
  | "int64"
  | "float64"
  | "bytes"
  | "struct"
  | "list"
  | "map"
  | "quantity"
  | "intOrString"
  | "time"
  | "any";

export interface GoType {
  readonly kind: Kind;
  /** As Go's messages print it, pointers followed: `v1.SeccompProfileType`, `[]int64`. */
  readonly shown: string;
  /** null unsets it: a pointer, list or map. Of the rest null changes nothing. */
  readonly nullable: boolean;
  /** Id of the struct, `core.PodSpec`. */
  readonly struct: string;
  /** The struct itself, once it has been needed: ask structOf. */
  unfolded?: Struct;
  /** Of a list or map. */
  readonly element?: GoType;
}

export interface Field {
  readonly name: string;
  readonly type: GoType;
  /** Left out of the answer when empty. */
  readonly omitEmpty: boolean;
  /** Of a string, number or bool that is always in the answer: its zero value. */
  readonly zero?: string | number | boolean;
  /** Go names of the structs that it is embedded by: they stand in the path of a type error. */
  readonly embedded: readonly string[];
}

export interface Struct {
  /** `PodSpec`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** The fields that have a `zero`. */
  readonly zeros: readonly Field[];
}

const SELF_DECODING: Readonly<Record<string, Kind>> = {
  "resource.Quantity": "quantity",
  "intstr.IntOrString": "intOrString",
  "meta.Time": "time",
  "meta.MicroTime": "time",
  "meta.Duration": "time",
  "meta.FieldsV1": "any",
  "runtime.RawExtension": "any",
};
const BASIC: ReadonlySet<string> = new Set(["string", "bool", "int32", "int64", "float64"]);
const structs = new Map<string, Struct>();
const documents = new Map<string, GoType>();

/** The struct that a type of kind struct is, unfolded once. */
export function structOf(type: GoType): Struct {
  type.unfolded ??= unfold(type.struct);
  return type.unfolded;
}

function unfold(id: string): Struct {
  const known = structs.get(id);
  if (known !== undefined) return known;
  const fields = new Map<string, Field>();
  const zeros: Field[] = [];
  for (const row of STRUCTS[id] ?? []) {
    const field = fieldOf(row);
    if (field.zero !== undefined) zeros.push(field);
    fields.set(field.name, field);
  }
  const struct = { name: id.slice(id.indexOf(".") + 1), fields, zeros };
  structs.set(id, struct);
  return struct;
}

/** The type of a whole document: `structType("core.Pod")`. */
export function structType(id: string): GoType {
  const known = documents.get(id);
  if (known !== undefined) return known;
  const type = goType(id, shownName(id), false);
  documents.set(id, type);
  return type;
}

function fieldOf(row: string): Field {
  const [name = "", text = "", flag, ...embedded] = row.split(" ");
  const type = goType(text, shownName(text.replace(/^\*/, "")), false);
  const zero = flag === "r" && !type.nullable ? ZEROS[type.kind] : undefined;
  return { name, type, omitEmpty: flag === "o", embedded, ...(zero === undefined ? {} : { zero }) };
}

const ZEROS: Readonly<Partial<Record<Kind, string | number | boolean>>> = {
  string: "",
  bool: false,
  int32: 0,
  int64: 0,
};

/** The JSON zero value of a type that stands in a list; a struct's is `{}` until its fields are filled. */
export function zeroOf(type: GoType): string | number | boolean | null | object {
  if (type.nullable || type.kind === "any") return null;
  return ZEROS[type.kind] ?? {};
}

function goType(text: string, shown: string, pointer: boolean): GoType {
  if (text.startsWith("*")) return goType(text.slice(1), shown, true);
  if (text === "[]byte") return { kind: "bytes", shown, nullable: true, struct: "" };
  if (text.startsWith("[]")) return container("list", text.slice(2), shown);
  if (text.startsWith("map[")) return container("map", text.slice(text.indexOf("]") + 1), shown);
  const underlying = NAMED[text];
  if (underlying !== undefined) return goType(underlying, shown, pointer);
  const kind = BASIC.has(text) ? (text as Kind) : (SELF_DECODING[text] ?? "struct");
  return { kind, shown, nullable: pointer, struct: kind === "struct" ? text : "" };
}

function container(kind: "list" | "map", element: string, shown: string): GoType {
  const inner = goType(element, shownName(element.replace(/^\*/, "")), false);
  return { kind, shown, nullable: true, struct: "", element: inner };
}

/** Go's message names the package by its own name, not by the import's: core, apps, batch and meta are all `v1`. */
function shownName(text: string): string {
  return text
    .replace(/\b(?:core|apps|batch|meta)\./g, "v1.")
    .replace(/\bscheduling\./g, "v1alpha3.");
}
