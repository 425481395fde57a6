// A value that becomes another one: in its place, or as a block below its key where nothing stood.
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { YamlNode } from "../yaml/node.ts";
import { commentsIn, type Draft, insertLines, type Slot, splice } from "./draft.ts";
import { beginsLine, indentOfLine, nextLine } from "./lines.ts";
import { bracketed, flowText, itemLines, mappingLines, memberText, scalarText } from "./render.ts";

export function replaceValue(draft: Draft, node: YamlNode, slot: Slot, to: JsonValue): void {
  const { text, style } = draft;
  if (isHollow(draft, node) && hasContent(to) && canHangBelow(draft, node, slot)) {
    hangBelow(draft, node, linesOf(draft, slot, to));
    return;
  }
  const hasLine = beginsLine(text, slot.key?.mark ?? node.mark);
  const inFlow = hasLine ? style : { ...style, lines: false };
  const written =
    typeof to === "object" && to !== null
      ? flowText(to, inFlow, indentOfLine(text, node.start))
      : scalarText(to, style, quoteOf(draft, node));
  put(draft, node, written);
}

/**
 * What an anchor stands for, but for some members: they are laid over it. Whoever else uses the anchor keeps what it had.
 */
export function replaceAlias(draft: Draft, node: YamlNode, slot: Slot, to: JsonValue): void {
  const { style } = draft;
  const json = draft.readings.unedited(node);
  draft.unshared.set(node, node.text);
  const isOverlay =
    isJsonObject(json) &&
    isJsonObject(to) &&
    Object.keys(json).every((name) => Object.hasOwn(to, name));
  if (!isOverlay) {
    if (hasContent(to) && canHangBelow(draft, node, slot)) {
      hangBelow(draft, node, linesOf(draft, slot, to));
    } else put(draft, node, flowText(to, style));
    return;
  }
  const over = Object.entries(to).filter(([name, value]) => !sameJson(json[name], value));
  const alias = `<<: *${node.text}`;
  if (canHangBelow(draft, node, slot)) {
    const indent = slot.indent + style.step;
    hangBelow(draft, node, [
      indent + alias,
      ...mappingLines(Object.fromEntries(over), style, indent),
    ]);
  } else if (slot.key === undefined && !slot.flow) {
    const { indent } = slot;
    const lines = [alias, ...mappingLines(Object.fromEntries(over), style, indent)];
    put(draft, node, lines.join(style.eol));
  } else {
    const members = over.map(([name, value]) => memberText(name, value, style));
    put(draft, node, bracketed([alias, ...members], "{}", style.pad, style, ""));
  }
}

/** Null, or empty brackets without a comment in them. */
function isHollow(draft: Draft, node: YamlNode): boolean {
  if (node.kind === "scalar") return node.json === null;
  const range = { from: node.start, to: node.end };
  return node.children.length === 0 && commentsIn(draft, range, []).length === 0;
}

function hasContent(value: JsonValue): value is JsonObject | readonly JsonValue[] {
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Array.isArray(value) && value.length > 0;
}

function linesOf(
  { style }: Draft,
  { indent }: Slot,
  value: JsonObject | readonly JsonValue[],
): string[] {
  return isJsonObject(value)
    ? mappingLines(value, style, indent + style.step)
    : itemLines(value, style, indent + style.dash);
}

/** Does the value stand on the line of its key, in a block mapping? */
function canHangBelow({ text }: Draft, node: YamlNode, { flow, key }: Slot): boolean {
  return !flow && key !== undefined && !text.slice(key.end, node.end).includes("\n");
}

/** Takes the value away from behind its key and writes lines below; a comment behind it stays where it is. */
function hangBelow(draft: Draft, node: YamlNode, lines: readonly string[]): void {
  const { text } = draft;
  if (node.end > node.start) {
    const before = text.slice(0, node.start);
    const from = before.length - (/[ \t]*$/.exec(before)?.[0].length ?? 0);
    splice(draft, from, node.end, "");
  }
  insertLines(draft, nextLine(text, node.end), lines);
}

function put(draft: Draft, node: YamlNode, written: string): void {
  const end = Math.max(node.start, node.end);
  const start = Math.min(node.start, node.end);
  const glued = end === start || node.end < node.start;
  const needsGap = glued && !/\s/.test(draft.text[start - 1] ?? " ");
  splice(draft, start, glued ? start : end, needsGap ? ` ${written}` : written);
}

/** A text keeps its quotes. */
function quoteOf({ text, style }: Draft, node: YamlNode): string {
  if (typeof node.json !== "string") return style.json ? '"' : "";
  const first = text[node.start];
  return first === '"' || first === "'" ? first : "";
}
