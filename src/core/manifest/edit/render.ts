// Values as text, the way the rest of the document is written.
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import { writeJson } from "../../rules/json.ts";
import { resolveScalar } from "../yaml/resolve.ts";
import { ordered } from "./keyOrder.ts";
import type { Style } from "./style.ts";

/** What needs no quotes wherever it stands. */
export const PLAIN: RegExp = /^[A-Za-z_][A-Za-z0-9_./-]*$/;

/** A text, number, boolean or null. `quote`: around a text that would not need it. */
export function scalarText(value: JsonValue, style: Style, quote = ""): string {
  if (typeof value !== "string" || style.json || quote === '"') return writeJson(value);
  if (quote === "'" && /^[ -~]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return PLAIN.test(value) && resolveScalar("", value, true) === value ? value : writeJson(value);
}

/** On one line; JSON that has a line for each member has one here too, indented from `indent` on. */
export function flowText(value: JsonValue, style: Style, indent = ""): string {
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue) =>
      typeof item === "object" && item !== null
        ? flowText(item, style, indent + style.step)
        : scalarText(item, style, style.quote),
    );
    const areTexts = value.every((item) => typeof item !== "object" || item === null);
    const lines = style.lines && (style.listLines || !areTexts);
    return bracketed(items, "[]", style.listPad, { ...style, lines }, indent);
  }
  if (!isJsonObject(value)) return scalarText(value, style, style.valueQuote);
  const members = ordered(Object.entries(value)).map(([name, member]) =>
    memberText(name, member, style, indent + style.step),
  );
  return bracketed(members, "{}", style.pad, style, indent);
}

/** `name: value` in braces; `indent` is that of its line. */
export function memberText(name: string, value: JsonValue, style: Style, indent = ""): string {
  const { colon } = style;
  // Without a space behind the colon only a quoted key is one.
  const key = scalarText(name, style, colon.endsWith(":") ? '"' : "");
  return `${key}${colon}${flowText(value, style, indent)}`;
}

/** Entries in brackets, on one line or on lines of their own. */
export function bracketed(
  entries: readonly string[],
  brackets: string,
  pad: string,
  style: Style,
  indent: string,
): string {
  const [open = "", close = ""] = brackets;
  if (entries.length === 0) return brackets;
  if (!style.lines) return `${open}${pad}${entries.join(`,${style.gap}`)}${pad}${close}`;
  const { eol, step } = style;
  return `${open}${eol}${entries.map((entry) => indent + step + entry).join(`,${eol}`)}${eol}${indent}${close}`;
}

/** The member as lines of a block mapping whose keys stand behind `indent`. */
export function memberLines(
  name: string,
  value: JsonValue,
  style: Style,
  indent: string,
): readonly string[] {
  const key = `${indent}${scalarText(name, style)}:`;
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return [key, ...mappingLines(value, style, indent + style.step)];
  }
  if (Array.isArray(value) && value.length > 0 && !style.flowLists) {
    return [key, ...itemLines(value, style, indent + style.dash)];
  }
  return [`${key} ${flowText(value, style)}`];
}

export function mappingLines(
  value: { readonly [name: string]: JsonValue },
  style: Style,
  indent: string,
): string[] {
  return ordered(Object.entries(value)).flatMap(([name, member]) =>
    memberLines(name, member, style, indent),
  );
}

/** Items as lines of a block sequence whose dashes stand behind `indent`. */
export function itemLines(items: readonly JsonValue[], style: Style, indent: string): string[] {
  return items.flatMap((item) => {
    if (isJsonObject(item) && Object.keys(item).length > 0) {
      const deeper = indent + style.item.replace("-", " ");
      const [first = "", ...rest] = mappingLines(item, style, deeper);
      return [indent + style.item + first.trimStart(), ...rest];
    }
    const text =
      typeof item === "object" && item !== null
        ? flowText(item, style)
        : scalarText(item, style, style.quote);
    return [indent + style.item + text];
  });
}
