// Offsets of a text as lines and columns.
import type { Position } from "../model/finding.ts";

export interface Positions {
  readonly text: string;
  /** Lines and columns from 1; a byte order mark is no column. */
  at(offset: number): Position;
  /** The text of a line (from 1), without its break. */
  line(number: number): string | undefined;
  /** Of the line (from 1). */
  lineStart(number: number): number;
}

/** Breaks as editors see them. */
const BREAK = /\r\n|\n|\r/g;

/** The lines are counted when they are first asked for. */
export function positionsOf(text: string): Positions {
  let table: readonly number[] | undefined;
  function starts(): readonly number[] {
    table ??= lineStarts(text);
    return table;
  }
  return {
    text,
    at(offset) {
      const line = lineOf(starts(), offset);
      const start = starts()[line] ?? 0;
      return { line: line + 1, column: offset - Math.min(start, offset) + 1, offset };
    },
    line(number) {
      const start = starts()[number - 1];
      if (start === undefined) return undefined;
      return text.slice(start, starts()[number] ?? text.length).replace(/[\r\n]+$/, "");
    },
    lineStart: (number) => starts()[number - 1] ?? text.length,
  };
}

function lineStarts(text: string): number[] {
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  for (const match of text.matchAll(BREAK)) starts.push(match.index + match[0].length);
  return starts;
}

/** The last line that begins at or before the offset, from 0. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
