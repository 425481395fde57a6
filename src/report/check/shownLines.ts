// As much of a suggestion as people read: few lines, none longer than its place, and of a long one where it changes.
import type { SuggestedLine } from "../../core/answers/fix/hunks.ts";
import { printable, width } from "../columns.ts";
import { count } from "../count.ts";

/** More lines than these are for `secctx fix`. */
const MAX_SUGGESTED = 10;

export interface ShownLines {
  /** Without control characters. */
  readonly lines: readonly SuggestedLine[];
  /** How many more there are. */
  readonly left: number;
}

/** @param room for the text of a line, in characters */
export function shownLines(lines: readonly SuggestedLine[], room: number): ShownLines {
  const isLong = lines.length > MAX_SUGGESTED;
  const shown = lines.slice(0, isLong ? MAX_SUGGESTED - 1 : MAX_SUGGESTED);
  const from = changeFrom(lines, room);
  return {
    lines: shown.map(({ sign, text }) => ({
      sign,
      text: printable(cutTo(from === 0 ? text : `…${text.slice(from)}`, room)),
    })),
    left: lines.length - shown.length,
  };
}

export function moreLinesText(left: number): string {
  return `… and ${count(left, "line")} more: secctx fix`;
}

/** Of a line that is too long, what comes before the change is cut too. */
function changeFrom([old, now, ...more]: readonly SuggestedLine[], room: number): number {
  if (old?.sign !== "-" || now?.sign !== "+" || more.length > 0) return 0;
  if (Math.max(width(old.text), width(now.text)) <= room) return 0;
  let same = 0;
  while (same < old.text.length && old.text[same] === now.text[same]) same += 1;
  return Math.max(same - KEPT, 0);
}

/** Characters before a change that tell where it is. */
const KEPT = 16;

function cutTo(text: string, room: number): string {
  return width(text) <= room ? text : `${text.slice(0, Math.max(room - 1, 1))}…`;
}
