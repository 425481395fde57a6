// Entries added to and taken out of a block mapping, by whole lines.
import type { YamlNode } from "../yaml/node.ts";
import { CannotEdit, type Draft, insertLines, type Slot, splice } from "./draft.ts";
import type { Entry, EntryChanges } from "./entries.ts";
import { ordered, placeOf } from "./keyOrder.ts";
import { aboveComments, beginsLine, indentBefore, indentOfLine, lineStart } from "./lines.ts";
import { behindPart, emptyCollection, removeLines } from "./removeLines.ts";
import { mappingLines, memberLines } from "./render.ts";

export function editBlockMapping(
  draft: Draft,
  node: YamlNode,
  slot: Slot,
  { entries, removed, added }: EntryChanges,
): void {
  if (removed.size === entries.length) {
    replaceAll(draft, node, slot, { entries, added });
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
  return behindPart(text, indent, before.value, before.key);
}

function removeEntries(draft: Draft, entries: readonly Entry[], removed: ReadonlySet<Entry>): void {
  const { text } = draft;
  const [first] = entries;
  let onDash = first !== undefined && !beginsLine(text, first.key.mark);
  for (const [index, entry] of entries.entries()) {
    const { key, value } = entry;
    const next = entries[index + 1];
    if (!removed.has(entry)) onDash = false;
    else if (onDash && next !== undefined) letNextTakeDash(draft, entry, next);
    else removeLines(draft, key.mark, value, key);
  }
}

/** Behind a dash stands the first entry: the next one takes its place, and comments between them go above the dash. */
function letNextTakeDash(draft: Draft, { key, value }: Entry, next: Entry): void {
  const { text } = draft;
  const between = text.slice(
    behindPart(text, indentBefore(text, key.mark), value, key),
    lineStart(text, next.key.mark),
  );
  const comments = between.split(/(?<=\n)/).filter((line) => line.trim() !== "");
  if (comments.length > 0) {
    const at = lineStart(text, key.mark);
    const indent = indentOfLine(text, key.mark);
    splice(draft, at, at, comments.map((line) => indent + line.trimStart()).join(""));
  }
  splice(draft, key.mark, next.key.mark, "");
}

/** No entry stays. */
function replaceAll(
  draft: Draft,
  node: YamlNode,
  slot: Slot,
  { entries, added }: Omit<EntryChanges, "removed">,
): void {
  const { text, style } = draft;
  const [first, ...others] = entries;
  if (first === undefined || added.length === 0) {
    emptyCollection(draft, node, slot, "{}");
    return;
  }
  const { mark } = first.key;
  const lines = mappingLines(Object.fromEntries(added), style, indentBefore(text, mark));
  if (beginsLine(text, mark)) {
    insertLines(draft, lineStart(text, mark), lines);
    removeLines(draft, mark, first.value, first.key);
  } else {
    const end = behindPart(text, indentBefore(text, mark), first.value, first.key);
    const written = lines.join(style.eol).trimStart();
    splice(draft, mark, end, text.slice(mark, end).endsWith("\n") ? written + style.eol : written);
  }
  for (const { key, value } of others) removeLines(draft, key.mark, value, key);
}
