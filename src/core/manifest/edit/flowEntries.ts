// Entries added to and taken out of `{…}` and `[…]`, with the commas and line breaks that stand there.
import type { YamlNode } from "../yaml/node.ts";
import { commentsIn, type Draft, splice } from "./draft.ts";
import type { EntryChanges } from "./entries.ts";
import { spliceCommented } from "./flowComments.ts";
import { ordered, placeOf } from "./keyOrder.ts";
import { behindComment, indentOfLine, nextLine } from "./lines.ts";
import { bracketed, memberText } from "./render.ts";
import { isSpread, styleWithin } from "./style.ts";

export interface FlowEntry {
  readonly start: number;
  readonly end: number;
  readonly removed: boolean;
}
/** `place`: before which entry; their number for the end. */
export interface FlowAddition {
  readonly place: number;
  readonly text: string;
}

export function editFlowMapping(
  draft: Draft,
  node: YamlNode,
  { entries, removed, added }: EntryChanges,
): void {
  const merged = entries.findLastIndex((entry) => entry.name === undefined) + 1;
  const names = entries.map((entry) => entry.name ?? "<<");
  const written = entries.map((entry) => ({
    start: entry.key.mark,
    end: endOf(entry.value, entry.key.end),
    removed: removed.has(entry),
  }));
  const indent = indentOfLine(draft.text, node.children[0]?.mark ?? node.start);
  const style = styleWithin(draft.text, node, draft.style);
  const additions = ordered(added).map(([name, value]) => ({
    place: Math.max(placeOf(name, names), merged),
    text: memberText(name, value, style, indent),
  }));
  spliceFlow(draft, node, written, additions);
}

/** Behind a value; one that is not written ends with its key. */
export function endOf(value: YamlNode, keyEnd: number): number {
  return Math.max(Math.min(value.start, value.end), value.end > value.start ? value.end : keyEnd);
}

export function spliceFlow(
  draft: Draft,
  node: YamlNode,
  entries: readonly FlowEntry[],
  additions: readonly FlowAddition[],
): void {
  const isEmptied = entries.every(({ removed }) => removed);
  if (isEmptied && additions.length === 0) {
    refill(draft, node, additions);
    return;
  }
  const comma = separator(draft, node, entries);
  if (commentsIn(draft, { from: node.start, to: node.end }, node.children).length > 0) {
    spliceCommented(draft, node, { entries, additions, comma });
    return;
  }
  if (isEmptied) {
    refill(draft, node, additions);
    return;
  }
  for (const { place, text } of additions) {
    const before = entries.slice(0, place).findLast(({ removed }) => !removed);
    if (before !== undefined) splice(draft, before.end, before.end, comma + text);
    else {
      const at = entries.find(({ removed }) => !removed)?.start ?? node.start;
      splice(draft, at, at, text + comma);
    }
  }
  for (const [index, entry] of entries.entries()) {
    if (!entry.removed) continue;
    const hasKept = entries.slice(0, index).some(({ removed }) => !removed);
    const before = entries[index - 1];
    const next = entries[index + 1];
    if (hasKept && before !== undefined) splice(draft, before.end, entry.end, "");
    else splice(draft, entry.start, next?.start ?? entry.end, "");
  }
}

/** What stands between two entries. */
function separator({ text, style }: Draft, node: YamlNode, entries: readonly FlowEntry[]): string {
  const [first, second] = entries;
  if (first === undefined) return `,${style.gap}`;
  const between = second === undefined ? "" : text.slice(first.end, second.start);
  if (/^\s*,\s*$/.test(between)) return between.trimStart();
  const margin = text.slice(node.start + 1, first.start);
  return /^\s*\n\s*$/.test(margin) ? `,${margin}` : `,${style.gap}`;
}

/** All of it is new. */
function refill(draft: Draft, node: YamlNode, additions: readonly FlowAddition[]): void {
  const { text, style } = draft;
  const mapping = node.kind === "mapping";
  const entries = additions.map((addition) => addition.text);
  const indent = indentOfLine(text, node.start);
  const pad = mapping ? style.pad : style.listPad;
  const brackets = mapping ? "{}" : "[]";
  // What is said right behind the bracket is said of the whole.
  const comment = text.slice(node.start + 1, behindComment(text, node.start + 1));
  const isLineEnd = text.slice(node.end, nextLine(text, node.end)).trim() === "";
  const lines = style.lines && isSpread(text, node);
  const written = bracketed(entries, brackets, pad, { ...style, lines }, indent);
  splice(draft, node.start, node.end, written + (isLineEnd ? comment : ""));
}
