// Offsets of a text as lines and columns.
import type { Position } from "../model/finding.ts";

export interface Positions {
  readonly text: string;
  /** Lines and columns from 1; a byte order mark is no column. */
  at(offset: number): Position;
  /** The text of a line (from 1), without its break; empty where there is none. */
  line(number: number): string;
}

/** Of every so many lines the start is remembered: a text may have millions. */
const STEP = 16;
/** So few characters are counted from their beginning sooner than a table of them is made. */
const SHORT = 4_096;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = 0xfeff;

/** Lines and characters before a text that is a piece of another. */
export interface TextStart {
  readonly line: number;
  readonly offset: number;
}

const BEGINNING: TextStart = { line: 0, offset: 0 };

/** The lines are counted when they are first asked for. @param before of a piece; its own offsets are asked for, those of the whole told */
export function positionsOf(text: string, before: TextStart = BEGINNING): Positions {
  let table: readonly number[] | undefined;
  // Places are asked for in the order of the text, and several of one line.
  let near = { start: 0, end: 0, line: 0 };
  function milestones(): readonly number[] {
    table ??= milestonesOf(text, before.offset === 0);
    return table;
  }
  function lineAt(offset: number): typeof near {
    const mile = lastUpTo(milestones(), offset);
    let start = milestones()[mile] ?? 0;
    let line = mile * STEP + 1;
    if (near.start > start && near.start <= offset) ({ start, line } = near);
    let end = nextLine(text, start);
    for (; end <= offset; end = nextLine(text, start)) {
      start = end;
      line += 1;
    }
    return { start, end, line };
  }
  return {
    text,
    at(offset) {
      if (offset < near.start || offset >= near.end) near = lineAt(offset);
      const column = Math.max(offset - near.start, 0) + 1;
      return { line: before.line + near.line, column, offset: before.offset + offset };
    },
    line(whole) {
      const number = whole - before.line;
      if (number < 1) return "";
      const miles = milestones();
      // Of a short text there is only the first.
      const mile = Math.min(Math.floor((number - 1) / STEP), miles.length - 1);
      let start = miles[mile] ?? 0;
      for (let line = mile * STEP + 1; line < number && start < text.length; line += 1) {
        start = nextLine(text, start);
      }
      return text.slice(start, nextLine(text, start)).replace(/\r?\n$|\r$/, "");
    },
  };
}

function milestonesOf(text: string, isBeginning: boolean): number[] {
  let start = isBeginning && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  if (text.length < SHORT) return [start];
  const starts: number[] = [];
  for (let line = 0; start <= text.length; line += 1) {
    if (line % STEP === 0) starts.push(start);
    start = nextLine(text, start);
  }
  return starts;
}

/** Where the line ends that begins at `from`, as editors see it; Infinity for the last one. */
function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return at + 1;
    if (code === CARRIAGE_RETURN) {
      return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** Index of the last start at or before the offset. */
function lastUpTo(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
