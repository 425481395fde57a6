// Splices in the order of the text, those that touch each other as one.
import { CannotEdit, type Splice } from "./draft.ts";

/** In order; of those at one place, what is put in first and in the order in which it was asked for. */
function inOrder(splices: readonly Splice[]): Splice[] {
  return splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** @throws CannotEdit when two of them overlap */
export function splicedText(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: put } of inOrder(splices)) {
    if (start < at) throw new CannotEdit("two changes meet in one place");
    parts.push(text.slice(at, start), put);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** Neighbours become one edit, so that their order is never in question; what changes nothing is left out. */
export function joined(splices: readonly Splice[], text: string): Splice[] {
  const all: Splice[] = [];
  for (const next of inOrder(splices)) {
    const last = all.at(-1);
    if (last === undefined || last.end < next.start) all.push(next);
    else all[all.length - 1] = { start: last.start, end: next.end, text: last.text + next.text };
  }
  const last = all.at(-1);
  if (last !== undefined) all[all.length - 1] = asUnfinished(text, last);
  return all.filter(({ start, end, text: put }) => text.slice(start, end) !== put);
}

/** A last line without a break is followed by another last line without one. */
function asUnfinished(text: string, last: Splice): Splice {
  const { start, end, text: put } = last;
  if (end !== text.length || text.endsWith("\n")) return last;
  const begins = start === 0 || text[start - 1] === "\n";
  const lines = (begins ? put.replace(/^\r?\n/, "") : put).replace(/\r?\n$/, "");
  if (lines !== "" || !begins || start === 0) return { start, end, text: lines };
  return { start: text[start - 2] === "\r" ? start - 2 : start - 1, end, text: "" };
}
