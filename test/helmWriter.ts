// Writes manifests as charts and people leave them: comments in odd places, blank lines, block texts, complex keys, wide dashes, tabs, document marks.
import type { JsonValue } from "../src/core/model/json.ts";
import { isJsonObject } from "../src/core/model/json.ts";

/** Numbers from 0 to 99, used up and begun again; how often what is odd comes, out of 100. */
export interface Oddity {
  readonly dice: readonly number[];
  readonly often: number;
  readonly eol: "\n" | "\r\n";
}

interface Writer {
  readonly oddity: Oddity;
  rolls: number;
}

function roll({ oddity: { dice } }: Writer, writer: Writer): number {
  writer.rolls += 1;
  return dice[writer.rolls % Math.max(dice.length, 1)] ?? 0;
}

function odd(writer: Writer, share = 100): boolean {
  return roll(writer, writer) < (writer.oddity.often * share) / 100;
}

/** One of them, the first mostly. */
function pick<T>(writer: Writer, first: T, ...others: readonly T[]): T {
  if (!odd(writer)) return first;
  return others[roll(writer, writer) % Math.max(others.length, 1)] ?? first;
}

/** Objects as documents of one text. */
export function writeHelm(objects: readonly JsonValue[], oddity: Oddity): string {
  const writer: Writer = { oddity, rolls: 0 };
  const lines: string[] = [];
  for (const [index, object] of objects.entries()) {
    const isFirst = index === 0;
    if (!isFirst || odd(writer, 60)) lines.push(pick(writer, "---", "--- # a document", "---  "));
    if (odd(writer)) lines.push(`# Source: chart/templates/${index}.yaml`, ...blank(writer));
    lines.push(...mapping(writer, object as never, 0));
    if (odd(writer, 40)) lines.push("# behind it");
    if (odd(writer, 30)) lines.push("...");
  }
  const { eol } = oddity;
  const text = lines.join(eol) + pick(writer, eol, "", eol + eol, `${eol}  ${eol}`);
  return odd(writer, 30) ? `\ufeff${text}` : text;
}

function blank(writer: Writer): string[] {
  return odd(writer, 50) ? [pick(writer, "", "   ", "")] : [];
}

function above(writer: Writer, column: number, name: string): string[] {
  if (!odd(writer, 50)) return blank(writer);
  const indent = " ".repeat(pick(writer, column, 0, column + 2));
  return [
    ...blank(writer),
    `${indent}#${pick(writer, " ", "\t", "")}above ${name}`,
    ...blank(writer),
  ];
}

function behind(writer: Writer): string {
  if (odd(writer, 20)) return "  ";
  return odd(writer, 40)
    ? `${pick(writer, " ", "\t", "   ")}# ${pick(writer, "said", "it: is", "\tsaid", "- x")} ${writer.rolls}`
    : "";
}

function keyText(writer: Writer, key: string): string {
  if (!/^[A-Za-z][\w.-]*$/.test(key) || /^(y|n|yes|no|on|off|true|false|null)$/i.test(key)) {
    return JSON.stringify(key);
  }
  return pick(writer, key, `"${key}"`, `'${key}'`, key);
}

function mapping(
  writer: Writer,
  value: { readonly [key: string]: JsonValue },
  column: number,
): string[] {
  const step = pick(writer, 2, 4, 1, 3);
  const space = " ".repeat(column);
  return Object.entries(value).flatMap(([key, member]) => {
    const head = above(writer, column, key);
    const name = `${space}${keyText(writer, key)}`;
    if (odd(writer, 8) && !isCollection(member)) {
      return [
        ...head,
        `${space}? ${keyText(writer, key)}`,
        `${space}: ${plain(writer, member)}${behind(writer)}`,
      ];
    }
    return [...head, ...entry(writer, name, member, { column, step })];
  });
}

function isCollection(value: JsonValue): boolean {
  return typeof value === "object" && value !== null;
}

interface Place {
  readonly column: number;
  readonly step: number;
}

function entry(writer: Writer, name: string, member: JsonValue, { column, step }: Place): string[] {
  const colon = pick(writer, ":", ":", " :");
  const key = `${name}${colon}`;
  const inner = column + step;
  if (Array.isArray(member) && member.length > 0 && !odd(writer, 30)) {
    const at = pick(writer, column, inner, column);
    return [`${key}${behind(writer)}`, ...between(writer, at), ...sequence(writer, member, at)];
  }
  if (isJsonObject(member) && Object.keys(member).length > 0 && !odd(writer, 25)) {
    return [
      `${key}${behind(writer)}`,
      ...between(writer, inner),
      ...mapping(writer, member, inner),
    ];
  }
  if (isCollection(member)) return flowEntry(writer, key, member, inner);
  return scalarEntry(writer, key, member, inner);
}

/** Between a key and its value. */
function between(writer: Writer, column: number): string[] {
  return odd(writer, 25)
    ? [...blank(writer), `${" ".repeat(column)}# between`, ...blank(writer)]
    : [];
}

function flowEntry(writer: Writer, key: string, member: JsonValue, inner: number): string[] {
  const text = flow(writer, member, inner);
  const [first = "", ...rest] = text;
  const below = odd(writer, 20);
  const lines = below
    ? [key, ...between(writer, inner), `${" ".repeat(inner)}${first}`, ...rest]
    : [`${key} ${first}`, ...rest];
  return withBehind(writer, lines);
}

function withBehind(writer: Writer, lines: readonly string[]): string[] {
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ""}${behind(writer)}`];
}

function scalarEntry(writer: Writer, key: string, member: JsonValue, inner: number): string[] {
  const indent = " ".repeat(inner);
  if (typeof member === "string" && member.includes("\n")) {
    const mark = member.endsWith("\n") ? "|" : "|-";
    const body = member
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => (line === "" ? "" : indent + line));
    return [`${key} ${mark}${odd(writer, 30) ? " # block" : ""}`, ...body];
  }
  if (member === null && odd(writer, 80)) return [`${key}${behind(writer)}`];
  if (odd(writer, 12))
    return [key, ...between(writer, inner), `${indent}${plain(writer, member)}${behind(writer)}`];
  return [`${key}${pick(writer, " ", "  ", "\t")}${plain(writer, member)}${behind(writer)}`];
}

function plain(writer: Writer, value: JsonValue): string {
  if (value === null) return pick(writer, "null", "~");
  if (typeof value === "boolean") return pick(writer, String(value), value ? "yes" : "no");
  if (typeof value !== "string") return isCollection(value) ? JSON.stringify(value) : String(value);
  if (!/^[A-Za-z][\w./-]*$/.test(value) || /^(y|n|yes|no|on|off|true|false|null)$/i.test(value))
    return JSON.stringify(value);
  return pick(writer, value, `"${value}"`, `'${value}'`, `!!str ${value}`);
}

function sequence(writer: Writer, items: readonly JsonValue[], column: number): string[] {
  const dash = " ".repeat(column);
  return items.flatMap((item, index) => {
    const head = odd(writer, 30) ? above(writer, column, `item ${index}`) : [];
    const gap = pick(writer, " ", "   ", " ");
    const inner = column + 1 + gap.length;
    if (isJsonObject(item) && Object.keys(item).length > 0 && !odd(writer, 25)) {
      const lines = mapping(writer, item, inner);
      if (odd(writer, 15))
        return [...head, `${dash}-${behind(writer).replace(/^\t/, " ")}`, ...lines];
      const first = lines.findIndex(
        (line) => line.trim() !== "" && !line.trimStart().startsWith("#"),
      );
      const moved = lines
        .slice(0, first)
        .map((line) => (line.trim() === "" ? line : dash + line.trimStart()));
      return [
        ...head,
        ...moved,
        `${dash}-${gap}${(lines[first] ?? "").slice(inner)}`,
        ...lines.slice(first + 1),
      ];
    }
    if (typeof item === "string" && item.includes("\n")) {
      return [...head, ...scalarEntry(writer, `${dash}-`, item, inner)];
    }
    const [only = "", ...rest] = isCollection(item)
      ? flow(writer, item, inner)
      : [plain(writer, item)];
    return [...head, ...withBehind(writer, [`${dash}-${gap}${only}`, ...rest])];
  });
}

/** In brackets, maybe over several lines. */
function flow(writer: Writer, value: JsonValue, column: number): string[] {
  const isList = Array.isArray(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const entries = isList
    ? value.map((item: JsonValue) => flowText(writer, item))
    : Object.entries(value as object).map(
        ([key, member]) => `${keyText(writer, key)}: ${flowText(writer, member as JsonValue)}`,
      );
  if (entries.length === 0) return [pick(writer, `${open}${close}`, `${open} ${close}`)];
  const gap = pick(writer, "", " ");
  if (!odd(writer, 40))
    return [
      `${open}${gap}${entries.join(pick(writer, ", ", ",", " , ").replace(/^,$/, ", "))}${gap}${close}`,
    ];
  const indent = " ".repeat(column + 2);
  const lines = entries.map((one, index) => {
    const comma = index < entries.length - 1 || odd(writer, 30) ? "," : "";
    return `${indent}${one}${comma}${behind(writer)}`;
  });
  const note = odd(writer, 30) ? [`${indent}# in brackets`] : [];
  return [`${open}${behind(writer)}`, ...note, ...lines, `${" ".repeat(column)}${close}`];
}

function flowText(writer: Writer, value: JsonValue): string {
  if (!isCollection(value)) {
    return typeof value === "string" && value.includes("\n")
      ? JSON.stringify(value)
      : plain(writer, value).replace(/^!!str /, "");
  }
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item: JsonValue) => flowText(writer, item))
    : Object.entries(value as object).map(
        ([key, member]) => `${keyText(writer, key)}: ${flowText(writer, member as JsonValue)}`,
      );
  return isList ? `[${entries.join(", ")}]` : `{${entries.join(", ")}}`;
}
