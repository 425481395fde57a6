// Entries added to and taken out of a block mapping, by whole lines.
import type { YamlNode } from "../yaml/node.ts";
import {
  behindColon,
  CannotEdit,
  commentsIn,
  type Draft,
  insertLines,
  type Slot,
  splice,
} from "./draft.ts";
import type { Entry, EntryChanges } from "./entries.ts";
import { ordered, placeOf } from "./keyOrder.ts";
import {
  aboveComments,
  beginsLine,
  indentBefore,
  lineStart,
  nextLine,
  skipDeeperComments,
} from "./lines.ts";
import { mappingLines, memberLines } from "./render.ts";

export function editBlockMapping(
  draft: Draft,
  node: YamlNode,
  slot: Slot,
  { entries, removed, added }: EntryChanges,
): void {
  if (removed.size === entries.length) {
    replaceAll(draft, node, slot, Object.fromEntries(added));
    return;
  }
  for (const [name, value] of ordered(added)) {
    const indent = indentBefore(draft.text, entries[0]?.key.mark ?? node.start);
    const lines = memberLines(name, value, draft.style, indent);
    insertLines(draft, insertionPoint(draft, entries, name, indent), lines);
  }
  removeEntries(draft, entries, removed);
}

/** Never before a `<<` that says the same: the last one counts. */
function insertionPoint(
  { text }: Draft,
  entries: readonly Entry[],
  name: string,
  indent: string,
): number {
  const merged = entries.findLastIndex((entry) => entry.name === undefined) + 1;
  const place = Math.max(
    placeOf(
      name,
      entries.map((entry) => entry.name ?? "<<"),
    ),
    merged,
  );
  const first = entries[0];
  if (place === 0 && first !== undefined && beginsLine(text, first.key.mark)) {
    return aboveComments(text, lineStart(text, first.key.mark));
  }
  const before = entries[Math.max(place, 1) - 1];
  if (before === undefined) throw new CannotEdit("the mapping has no entry");
  return skipDeeperComments(text, behindLines(text, before.value, before.key), indent);
}

/** Behind the last line of a value (or of its key, where no value is written). */
export function behindLines(text: string, value: YamlNode, key: YamlNode = value): number {
  const at = nextLine(text, Math.max(value.end, key.end));
  if (!/^[|>][0-9]?\+|^[|>]\+/.test(text.slice(value.start, value.start + 3))) return at;
  // Its blank lines belong to the text.
  return at + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(at))?.[0].length ?? 0);
}

function removeEntries(draft: Draft, entries: readonly Entry[], removed: ReadonlySet<Entry>): void {
  const { text } = draft;
  const firstKept = entries.find((entry) => !removed.has(entry));
  const [first] = entries;
  let onDash = first !== undefined && !beginsLine(text, first.key.mark);
  for (const [index, entry] of entries.entries()) {
    if (entry === firstKept) onDash = false;
    if (!removed.has(entry)) continue;
    // Behind a dash stands the first entry: the next one takes its place.
    const next = onDash ? entries[index + 1] : undefined;
    if (next === undefined)
      removeLines(draft, [entry.key, entry.value], behindLines(text, entry.value, entry.key));
    else {
      const range = { from: entry.key.mark, to: next.key.mark };
      if (commentsIn(draft, range, [entry.key, entry.value]).length > 0) {
        throw new CannotEdit("a comment stands between it and the next key");
      }
      splice(draft, range.from, range.to, "");
    }
  }
}

/** Takes the lines of the nodes away; their comments stay, each on a line of its own. */
export function removeLines(draft: Draft, nodes: readonly YamlNode[], to: number): void {
  const from = lineStart(draft.text, nodes[0]?.mark ?? to);
  const indent = indentBefore(draft.text, nodes[0]?.mark ?? to);
  const kept = commentsIn(draft, { from, to }, nodes);
  const { eol } = draft.style;
  const end = draft.text.slice(from, to).endsWith("\n") ? eol : "";
  splice(
    draft,
    from,
    to,
    kept.map((comment) => indent + comment).join(eol) + (kept.length > 0 ? end : ""),
  );
}

/** No entry stays. */
function replaceAll(
  draft: Draft,
  node: YamlNode,
  slot: Slot,
  value: Parameters<typeof mappingLines>[0],
): void {
  const { text, style } = draft;
  const indent = indentBefore(text, node.children[0]?.mark ?? node.start);
  const lines = mappingLines(value, style, indent);
  if (lines.length === 0) {
    emptyCollection(draft, node, slot, "{}");
    return;
  }
  const range = { from: node.start, to: node.end };
  if (commentsIn(draft, range, node.children).length > 0) {
    throw new CannotEdit("comments stand between the keys that would go");
  }
  splice(draft, range.from, range.to, lines.join(style.eol).trimStart());
}

/** Nothing is left of a block: brackets take its place, behind its key. */
export function emptyCollection(draft: Draft, node: YamlNode, slot: Slot, brackets: string): void {
  const { text } = draft;
  if (slot.key !== undefined && beginsLine(text, node.start)) {
    splice(draft, ...at(behindProperties(draft, slot.key, node)), ` ${brackets}`);
    removeLines(draft, [node], behindLines(text, node));
    return;
  }
  const range = { from: node.start, to: node.end };
  if (commentsIn(draft, range, node.children).length > 0) {
    throw new CannotEdit("comments stand between what would go");
  }
  splice(draft, range.from, range.to, brackets);
}

function at(offset: number): [number, number] {
  return [offset, offset];
}

/** Behind the key's colon, and the anchor and tag of its value. */
export function behindProperties(draft: Draft, key: YamlNode, node: YamlNode): number {
  const colon = behindColon(draft, key);
  const properties = /^(?:[ \t]*[&!][^\s#]*)*/.exec(draft.text.slice(colon, node.start));
  return colon + (properties?.[0].length ?? 0);
}
