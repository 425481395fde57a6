// Offsets of a text as lines and columns.
import type { Position } from "../model/finding.ts";

export interface Positions {
  readonly text: string;
  /** Lines and columns from 1; a byte order mark is no column. */
  at(offset: number): Position;
  /** The texts of lines (from 1), without their breaks; empty where there is none. */
  lines(first: number, last: number): string[];
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
  // Few texts have any, and one character is looked for sooner than two. Not looked for late: V8 takes that for a part of the
  // loops around it, and looks through the whole text at each.
  const nextLine = text.includes("\r") ? eitherBreak(text) : lineFeed(text);
  // Places are asked for in the order of the text, and several of one line.
  let near = { start: 0, end: 0, line: 0 };
  function milestones(): readonly number[] {
    table ??= milestonesOf(text, { isBeginning: before.offset === 0, nextLine });
    return table;
  }
  function lineAt(offset: number): typeof near {
    const mile = lastUpTo(milestones(), offset);
    let start = milestones()[mile] ?? 0;
    let line = mile * STEP + 1;
    if (near.start > start && near.start <= offset) ({ start, line } = near);
    let end = nextLine(start);
    for (; end <= offset; end = nextLine(start)) {
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
    lines(first, last) {
      const found: string[] = [];
      const miles = milestones();
      // Of a short text there is only the first.
      const mile = Math.min(
        Math.floor(Math.max(first - before.line - 1, 0) / STEP),
        miles.length - 1,
      );
      let start = miles[mile] ?? 0;
      for (let line = before.line + mile * STEP + 1; line <= last; line += 1) {
        const end = nextLine(start);
        if (line >= first) found.push(text.slice(start, withoutBreak(text, end)));
        start = end;
      }
      const missing = Math.min(before.line, last) - first + 1;
      return missing > 0 ? [...Array<string>(missing).fill(""), ...found] : found;
    },
  };
}

function milestonesOf(
  text: string,
  { isBeginning, nextLine }: { readonly isBeginning: boolean; readonly nextLine: LineEnds },
): number[] {
  let start = isBeginning && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  if (text.length < SHORT) return [start];
  const starts: number[] = [];
  for (let line = 0; start <= text.length; line += 1) {
    if (line % STEP === 0) starts.push(start);
    start = nextLine(start);
  }
  return starts;
}

/** Where the line ends that begins there, as editors see it; Infinity for the last one. */
type LineEnds = (from: number) => number;

function lineFeed(text: string): LineEnds {
  return (from) => {
    const at = text.indexOf("\n", from);
    return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
  };
}

function eitherBreak(text: string): LineEnds {
  return (from) => {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) return at + 1;
      if (code === CARRIAGE_RETURN) {
        return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
      }
    }
    return Number.POSITIVE_INFINITY;
  };
}

/** Where the text of a line ends. @param end where the line does */
function withoutBreak(text: string, end: number): number {
  let at = Math.min(end, text.length);
  if (text.charCodeAt(at - 1) === LINE_FEED) at -= 1;
  else return text.charCodeAt(at - 1) === CARRIAGE_RETURN ? at - 1 : at;
  return text.charCodeAt(at - 1) === CARRIAGE_RETURN ? at - 1 : at;
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
