// A pod as written may hold anything where the API wants a list or a number; rooms that read it are given only what has the right shape.
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import { NAMED, STRUCTS } from "../tables/podSchema.ts";

/** What a value must be to be taken: nothing for types that decode themselves. */
type Shape =
  | { readonly is: "scalar"; readonly type: "string" | "boolean" | "integer" | "number" }
  | { readonly is: "list" | "map"; readonly of: Shape }
  | { readonly is: "struct"; readonly struct: string }
  | { readonly is: "any" };

const ANY: Shape = { is: "any" };
const SCALARS: Readonly<Record<string, Shape>> = {
  string: { is: "scalar", type: "string" },
  bool: { is: "scalar", type: "boolean" },
  int32: { is: "scalar", type: "integer" },
  int64: { is: "scalar", type: "integer" },
  float64: { is: "scalar", type: "number" },
  "meta.Time": { is: "scalar", type: "string" },
};
const structs = new Map<string, ReadonlyMap<string, Shape>>();

/**
 * The pod (of a template: its metadata and spec) without what the API server could not decode, and without nulls, which
 * it takes for nothing. Fields it does not know stay. Well-formed pods come back as they are.
 */
export function podOf(template: JsonValue | undefined): Pod {
  const shaped = shape(template ?? null, { is: "struct", struct: "core.PodTemplateSpec" });
  return (shaped ?? {}) as unknown as Pod;
}

/** The value itself if all of it fits, else what fits of it; nothing if it does not fit at all. */
function shape(value: JsonValue, wanted: Shape): JsonValue | undefined {
  switch (wanted.is) {
    case "any":
      return value;
    case "scalar":
      return isScalar(value, wanted.type) ? value : undefined;
    case "list":
      return Array.isArray(value) ? shapeList(value, wanted.of) : undefined;
    case "map":
      return isJsonObject(value) ? shapeMembers(value, () => wanted.of) : undefined;
    case "struct": {
      const fields = fieldsOf(wanted.struct);
      return isJsonObject(value) ? shapeMembers(value, (name) => fields.get(name)) : undefined;
    }
  }
}

function isScalar(value: JsonValue, type: string): boolean {
  if (type === "number") return typeof value === "number" || typeof value === "bigint";
  if (type === "integer") return Number.isInteger(value) || typeof value === "bigint";
  return typeof value === type;
}

/** Go decodes a null item as an empty one: it keeps its place. */
function shapeList(list: readonly JsonValue[], item: Shape): JsonValue {
  const shaped: JsonValue[] = [];
  let changed = false;
  for (const value of list) {
    const fits = shape(value, item) ?? (item.is === "struct" ? {} : undefined);
    if (fits !== value) changed = true;
    if (fits !== undefined) shaped.push(fits);
  }
  return changed ? shaped : list;
}

function shapeMembers(object: JsonObject, shapeOf: (name: string) => Shape | undefined): JsonValue {
  let shaped: [string, JsonValue][] | undefined;
  const names = Object.keys(object);
  for (const [index, name] of names.entries()) {
    const value = object[name] ?? null;
    const wanted = shapeOf(name);
    const fits = wanted === undefined ? value : shape(value, wanted);
    if (fits === value && shaped === undefined) continue;
    shaped ??= names.slice(0, index).map((earlier) => [earlier, object[earlier] ?? null]);
    if (fits !== undefined) shaped.push([name, fits]);
  }
  return shaped === undefined ? object : Object.fromEntries(shaped);
}

function fieldsOf(struct: string): ReadonlyMap<string, Shape> {
  const known = structs.get(struct);
  if (known !== undefined) return known;
  const fields = new Map<string, Shape>();
  structs.set(struct, fields);
  for (const row of STRUCTS[struct] ?? []) {
    const [name = "", type = ""] = row.split(" ");
    fields.set(name, shapeOfType(type));
  }
  return fields;
}

function shapeOfType(type: string): Shape {
  if (type.startsWith("*")) return shapeOfType(type.slice(1));
  if (type === "[]byte") return { is: "scalar", type: "string" };
  if (type.startsWith("[]")) return { is: "list", of: shapeOfType(type.slice(2)) };
  if (type.startsWith("map[")) {
    return { is: "map", of: shapeOfType(type.slice(type.indexOf("]") + 1)) };
  }
  const scalar = SCALARS[type];
  if (scalar !== undefined) return scalar;
  if (STRUCTS[type] !== undefined) return { is: "struct", struct: type };
  const underlying = NAMED[type];
  return underlying === undefined ? ANY : shapeOfType(underlying);
}
