// Writes a value as YAML in a style that chance picks: block or flow, indentation, quotes, comments, line ends.
import type { JsonValue } from "../src/core/model/json.ts";
import { isJsonObject } from "../src/core/model/json.ts";

export interface YamlStyle {
  readonly step: number;
  /** Before a dash, beyond its key. */
  readonly dash: number;
  readonly eol: string;
  readonly mark: boolean;
  readonly lastBreak: boolean;
  /** Numbers from 0 to 99, used up and begun again. */
  readonly dice: readonly number[];
  /** Out of 100. */
  readonly flow: number;
  readonly comments: number;
  /** Brackets with a line for each entry, out of 100; none by default. */
  readonly spread?: number;
}

interface Writer {
  readonly style: YamlStyle;
  rolls: number;
}

function roll(writer: Writer): number {
  const { dice } = writer.style;
  writer.rolls += 1;
  return dice[writer.rolls % Math.max(dice.length, 1)] ?? 0;
}

/** The value must be an object with members. */
export function writeYaml(value: JsonValue, style: YamlStyle): string {
  const writer: Writer = { style, rolls: 0 };
  const lines = isJsonObject(value) ? mapping(writer, value, 0) : [scalar(writer, value)];
  const text = lines.join(style.eol) + (style.lastBreak ? style.eol : "");
  return style.mark ? `\ufeff${text}` : text;
}

function mapping(
  writer: Writer,
  value: { readonly [key: string]: JsonValue },
  column: number,
): string[] {
  const indent = " ".repeat(column);
  return Object.entries(value).flatMap(([key, member]) => {
    const own = comment(writer) === "" ? [] : [`${indent}# above ${key}`];
    const name = `${indent}${roll(writer) < 10 ? JSON.stringify(key) : key}:`;
    if (!hasContent(member) || roll(writer) < writer.style.flow) {
      const text = member === null && roll(writer) < 50 ? "" : ` ${flow(writer, member)}`;
      return [...own, `${name}${text}${comment(writer)}`];
    }
    const head = `${name}${comment(writer)}`;
    if (Array.isArray(member)) {
      return [...own, head, ...sequence(writer, member, column + writer.style.dash)];
    }
    return [...own, head, ...mapping(writer, member as never, column + writer.style.step)];
  });
}

function sequence(writer: Writer, items: readonly JsonValue[], column: number): string[] {
  const indent = " ".repeat(column);
  return items.flatMap((item) => {
    if (isJsonObject(item) && hasContent(item) && roll(writer) >= writer.style.flow) {
      const [first = "", ...rest] = mapping(writer, item, column + 2);
      // A comment cannot stand between the dash and the first key.
      if (!first.trimStart().startsWith("#")) return [`${indent}- ${first.trimStart()}`, ...rest];
      const [next = "", ...others] = rest;
      return [`${indent}${first.trimStart()}`, `${indent}- ${next.trimStart()}`, ...others];
    }
    return [`${indent}- ${flow(writer, item)}${comment(writer)}`];
  });
}

function flow(writer: Writer, value: JsonValue): string {
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    return bracketed(
      writer,
      "[]",
      items.map((item) => flow(writer, item)),
    );
  }
  if (!isJsonObject(value)) return scalar(writer, value);
  const members = Object.entries(value).map(([key, member]) => `${key}: ${flow(writer, member)}`);
  return bracketed(writer, "{}", members);
}

/** Deeper than any block. */
const DEEP = " ".repeat(40);

function bracketed(writer: Writer, brackets: string, entries: readonly string[]): string {
  const [open = "", close = ""] = brackets;
  if (entries.length === 0) return brackets;
  const { eol, spread = 0 } = writer.style;
  const gap = roll(writer) < 50 ? " " : "";
  if (roll(writer) >= spread) return `${open}${gap}${entries.join(", ")}${gap}${close}`;
  const margin = eol + DEEP;
  const first = roll(writer) < 50 ? margin : " ";
  if (roll(writer) < 20) {
    return `${open}${first}${entries.map((one) => one + comment(writer)).join(`${margin}, `)}${margin}${close}`;
  }
  const lastComma = roll(writer) < 30;
  const lines = entries.map((one, index) => {
    const comma = index < entries.length - 1 || lastComma ? "," : "";
    const above = comment(writer) === "" || index === 0 ? "" : `# above ${roll(writer)}${margin}`;
    const next = index < entries.length - 1 ? (roll(writer) < 70 ? margin : " ") : margin;
    const said = next === margin ? comment(writer) : "";
    return `${next === margin ? above : ""}${one}${comma}${said}${next}`;
  });
  return `${open}${first}${lines.join("")}${close}`;
}

function scalar(writer: Writer, value: JsonValue): string {
  if (value === null) return roll(writer) < 50 ? "null" : "~";
  if (typeof value === "boolean") return roll(writer) < 20 ? (value ? "yes" : "no") : String(value);
  if (typeof value !== "string") return String(value);
  const side = roll(writer);
  if (side < 20 || !/^[A-Za-z][A-Za-z0-9_.-]*$/.test(value)) return JSON.stringify(value);
  return side < 40 ? `'${value}'` : value;
}

function comment(writer: Writer): string {
  const { comments } = writer.style;
  return roll(writer) < comments ? ` # said ${roll(writer)}` : "";
}

function hasContent(value: JsonValue): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
