// Entries added to and taken out of `{…}` and `[…]` with comments inside: each stays with its entry, or goes with it.
import type { YamlNode } from "../yaml/node.ts";
import { type Draft, splice } from "./draft.ts";
import type { FlowAddition, FlowEntry } from "./flowEntries.ts";
import { type FlowGap, flowGap } from "./flowGaps.ts";
import { beginsLine, indentBefore, lineStart, nextLine } from "./lines.ts";

export interface FlowEdits {
  readonly entries: readonly FlowEntry[];
  readonly additions: readonly FlowAddition[];
  /** What stands between two entries where no comment does. */
  readonly comma: string;
}
interface Gapped extends FlowEntry {
  readonly gap: FlowGap;
}

export function spliceCommented(draft: Draft, node: YamlNode, edits: FlowEdits): void {
  const entries = edits.entries.map((entry, index): Gapped => {
    const to = edits.entries[index + 1]?.start ?? node.end - 1;
    return { ...entry, gap: flowGap(draft.text, entry.end, to) };
  });
  const groups = new Map<Gapped | undefined, string[]>();
  for (const { place, text } of edits.additions) {
    const before = entries.slice(0, place).findLast(({ removed }) => !removed);
    groups.set(before, [...(groups.get(before) ?? []), text]);
  }
  const lastKept = entries.findLast(({ removed }) => !removed);
  const endsWithComma = entries.at(-1)?.gap.comma !== undefined;
  for (const [before, texts] of groups) {
    if (before === undefined) continue;
    addBehind(draft, before, texts, { ...edits, isLast: before === lastKept && !endsWithComma });
  }
  const first = groups.get(undefined);
  const at = entries.find(({ removed }) => !removed)?.start;
  if (first !== undefined && at !== undefined) {
    splice(draft, at, at, first.map((text) => text + edits.comma).join(""));
  }
  const inPlace =
    at === undefined && first !== undefined
      ? first.join(edits.comma) + (endsWithComma ? "," : "")
      : undefined;
  removeAll(draft, entries, inPlace);
  // What was added behind the last one took its comma over.
  const comma = lastKept?.gap.comma;
  const goes = lastKept !== entries.at(-1) && !endsWithComma;
  const takenOver = groups.has(lastKept) && lastKept?.gap.comment !== undefined;
  if (comma === undefined || !goes || takenOver) return;
  // A comma that begins its line leaves none behind.
  const from = beginsLine(draft.text, comma) ? draft.text.slice(0, comma).trimEnd().length : comma;
  splice(draft, from, comma + 1, "");
}

interface Behind extends FlowEdits {
  /** No comma is to stand behind the added ones. */
  readonly isLast: boolean;
}

/** A comment behind the entry keeps its place: what is added begins the next line. */
function addBehind(
  draft: Draft,
  { end, gap }: Gapped,
  texts: readonly string[],
  { comma, entries, isLast }: Behind,
): void {
  const { text, style } = draft;
  const { comment } = gap;
  if (comment === undefined) {
    splice(draft, end, end, texts.map((one) => comma + one).join(""));
    return;
  }
  const margin = style.eol + indentOf(text, entries);
  if (gap.comma !== undefined && gap.comma > comment.end) {
    // The commas begin the lines.
    const next = style.eol + indentBefore(text, gap.comma);
    splice(draft, gap.comma, gap.comma, texts.map((one) => `, ${one}${next}`).join(""));
    return;
  }
  if (gap.comma === undefined) splice(draft, end, end, ",");
  const lines = texts.map((one, index) => {
    const isEnd = isLast && index === texts.length - 1;
    return `${margin}${one}${isEnd ? "" : ","}`;
  });
  splice(draft, comment.end, comment.end, lines.join(""));
}

/** Of the entries that begin a line; where none does, below the first. */
function indentOf(text: string, entries: readonly FlowEntry[]): string {
  const one = entries.find(({ start }) => beginsLine(text, start)) ?? entries[0];
  return one === undefined ? "" : indentBefore(text, one.start);
}

/** @param inPlace takes the place of the first ones */
function removeAll(draft: Draft, entries: readonly Gapped[], inPlace: string | undefined): void {
  const { text } = draft;
  for (const run of runsOf(text, entries)) {
    const { before, first, last } = run;
    const comment = before ? undefined : last.gap.comment;
    const end = Math.max(last.end, (last.gap.comma ?? 0) + 1, comment?.end ?? 0);
    if (first === entries[0] && inPlace !== undefined) splice(draft, first.start, end, inPlace);
    else splice(draft, ...rangeOf(text, first.start, end), "");
  }
}

/** Neighbours on one line that go together. */
interface Run {
  readonly first: Gapped;
  last: Gapped;
  /** An entry before them on their line stays, and the comment there with it. */
  readonly before: boolean;
}

function runsOf(text: string, entries: readonly Gapped[]): Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1];
    const joins = previous !== undefined && isOneLine(text, previous.end, entry.start);
    if (!entry.removed) run = undefined;
    else if (run !== undefined && joins) run.last = entry;
    else {
      run = { first: entry, last: entry, before: joins };
      runs.push(run);
    }
  }
  return runs;
}

function isOneLine(text: string, from: number, to: number): boolean {
  return !text.slice(from, to).includes("\n");
}

/** The whole line where nothing else stands on it. */
function rangeOf(text: string, start: number, end: number): [number, number] {
  const next = nextLine(text, end);
  const isLineEnd = text.slice(end, next).trim() === "";
  if (beginsLine(text, start)) {
    if (isLineEnd) return [lineStart(text, start), next];
    return [start, end + spaceAt(text, end)];
  }
  if (!isLineEnd) return [start, end + spaceAt(text, end)];
  // The line break stays behind what stands before it.
  const before = text.slice(0, start);
  return [before.trimEnd().length, end];
}

function spaceAt(text: string, at: number): number {
  return /^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0;
}
