// Holds a value against a JSON Schema and says in words what is wrong, with its path: the few keywords that secctx.yaml needs.
import { type FieldPath, toFieldPath } from "../../core/model/finding.ts";
import { isJsonObject, type JsonValue } from "../../core/model/json.ts";
import { didYouMean } from "../../core/rules/nearWord.ts";

export interface Schema {
  readonly description?: string;
  readonly type?: "object" | "array" | "string";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly anyOf?: readonly Schema[];
}

export interface SchemaError {
  readonly path: FieldPath;
  readonly message: string;
}

export function schemaErrors(
  value: JsonValue,
  schema: Schema,
  path: FieldPath = [],
): readonly SchemaError[] {
  if (schema.anyOf !== undefined) return anyOfErrors(value, schema.anyOf, path);
  switch (schema.type) {
    case "object":
      return isJsonObject(value)
        ? objectErrors(value, schema, path)
        : [wrongType(value, "a mapping", path)];
    case "array":
      return Array.isArray(value)
        ? arrayErrors(value, schema, path)
        : [wrongType(value, "a list", path)];
    default:
      return typeof value === "string"
        ? stringErrors(value, schema, path)
        : [wrongType(value, "a text", path)];
  }
}

/** The form that has the value's own type says what is wrong; where none has, all are named. */
function anyOfErrors(
  value: JsonValue,
  forms: readonly Schema[],
  path: FieldPath,
): readonly SchemaError[] {
  const own = forms.find(({ type }) => type === typeOf(value));
  if (own !== undefined) return schemaErrors(value, own, path);
  return [wrongType(value, forms.map(({ type }) => NAMES[type ?? "string"]).join(" or "), path)];
}

const NAMES = { string: "a text", array: "a list", object: "a mapping" };

function typeOf(value: JsonValue): string {
  if (value === null) return "nothing";
  return Array.isArray(value) ? "array" : typeof value;
}

function wrongType(value: JsonValue, wanted: string, path: FieldPath): SchemaError {
  const shown = typeof value === "number" || typeof value === "boolean" ? ` ${value}` : "";
  const found = `${NAMES[typeOf(value) as keyof typeof NAMES] ?? typeOf(value)}${shown}`;
  const hint = shown === "" ? "" : "; write it in quotes";
  return { path, message: `${nameOf(path)} has to be ${wanted}, not ${found}${hint}` };
}

function nameOf(path: FieldPath): string {
  return path.length === 0 ? "the configuration" : toFieldPath(path);
}

function objectErrors(
  value: Readonly<Record<string, JsonValue>>,
  { properties = {}, required = [] }: Schema,
  path: FieldPath,
): SchemaError[] {
  const known = Object.keys(properties);
  const errors: SchemaError[] = [];
  for (const [key, member] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const at = [...path, key];
    if (schema === undefined) {
      errors.push({
        path: at,
        message: `unknown field ${toFieldPath(at)}${didYouMean(key, known)}`,
      });
    } else errors.push(...schemaErrors(member, schema, at));
  }
  for (const key of required) {
    if (Object.hasOwn(value, key)) continue;
    errors.push({ path, message: `${nameOf(path)} needs ${key} (${inSentence(properties[key])})` });
  }
  return errors;
}

function arrayErrors(
  value: readonly JsonValue[],
  { items = {}, minItems = 0 }: Schema,
  path: FieldPath,
): SchemaError[] {
  if (value.length < minItems) return [{ path, message: `${nameOf(path)} is empty` }];
  return value.flatMap((item, index) => schemaErrors(item, items, [...path, index]));
}

function stringErrors(value: string, schema: Schema, path: FieldPath): SchemaError[] {
  const { enum: words, pattern, minLength = 0 } = schema;
  if (words !== undefined && !words.includes(value)) {
    const message = `${nameOf(path)} is ${words.slice(0, -1).join(", ")} or ${words.at(-1)}, not ${value}${didYouMean(value, words)}`;
    return [{ path, message }];
  }
  if (value.length < minLength) return [{ path, message: `${nameOf(path)} is empty` }];
  if (pattern === undefined || new RegExp(pattern, "u").test(value)) return [];
  return [{ path, message: `${nameOf(path)} cannot be "${value}" (${inSentence(schema)})` }];
}

/** `The last day on which it holds.` → `the last day on which it holds`. */
function inSentence({ description = "" }: Schema = {}): string {
  // Not of a word in capitals.
  const first = description.slice(0, /^[A-Z]{2}/.test(description) ? 0 : 1).toLowerCase();
  return `${first}${description.slice(first.length).replace(/\.$/, "")}`;
}
