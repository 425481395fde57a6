// A value as Go's `%#v` prints it, for the errors that quote one.
import { isJsonObject, type JsonValue } from "../../model/json.ts";

/** Longer values are cut: nobody reads them. */
const MOST = 200;

interface Printer {
  text: string;
}

export function goSyntax(value: JsonValue): string {
  if (value === null) return "<nil>";
  const printer = { text: "" };
  print(printer, value);
  return printer.text.length > MOST ? `${printer.text.slice(0, MOST)}…` : printer.text;
}

function print(printer: Printer, value: JsonValue): void {
  if (printer.text.length > MOST) return;
  if (value === null) printer.text += "interface {}(nil)";
  else if (Array.isArray(value)) {
    printer.text += "[]interface {}{";
    for (const [index, item] of value.slice(0, MOST).entries()) {
      if (index > 0) printer.text += ", ";
      print(printer, item);
    }
    printer.text += "}";
  } else if (isJsonObject(value)) printMembers(printer, value);
  else printer.text += typeof value === "string" ? JSON.stringify(value) : `${value}`;
}

function printMembers(printer: Printer, object: { readonly [key: string]: JsonValue }): void {
  printer.text += "map[interface {}]interface {}{";
  for (const [index, key] of Object.keys(object).sort().slice(0, MOST).entries()) {
    if (index > 0) printer.text += ", ";
    printer.text += `${JSON.stringify(key)}:`;
    print(printer, object[key] ?? null);
  }
  printer.text += "}";
}
