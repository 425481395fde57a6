// A value as Go's `%#v` prints it, for the errors that quote one.
import { isJsonObject, type JsonValue } from "../../model/json.ts";

/** Longer values are cut: nobody reads them. */
const MOST = 200;

export function goSyntax(value: JsonValue): string {
  const text = value === null ? "<nil>" : print(value, 0);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

function print(value: JsonValue, depth: number): string {
  if (value === null) return "interface {}(nil)";
  if (depth > MOST / 10) return "…";
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST).map((item) => print(item, depth + 1));
    return `[]interface {}{${items.join(", ")}}`;
  }
  if (!isJsonObject(value)) return typeof value === "string" ? JSON.stringify(value) : `${value}`;
  const members = Object.keys(value)
    .slice(0, MOST)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${print(value[key] ?? null, depth + 1)}`);
  return `map[interface {}]interface {}{${members.join(", ")}}`;
}
