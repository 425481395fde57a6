// The line of a finding with carets under what it is about, as compilers show it.
import type { CheckFinding } from "../../core/answers/checked.ts";
import { printable, width } from "../columns.ts";
import type { Style } from "../style.ts";

type Paint = (text: string) => string;

/** The last line of the excerpt, and what of it the finding is about. */
export interface Pointed {
  readonly number: string;
  readonly code: string;
  readonly from: number;
  readonly length: number;
}

export function pointedLine({ excerpt, range }: CheckFinding): Pointed | undefined {
  const [source = "", pointer = ""] = excerpt?.split("\n").slice(-2) ?? [];
  const bar = source.indexOf(" | ");
  const caret = pointer.indexOf("^");
  if (range === undefined || bar < 0 || caret < 0) return undefined;
  const code = source.slice(bar + 3);
  const from = caret - bar - 3;
  const isOneLine = range.end.line === range.start.line;
  const end = isOneLine ? range.end.column - range.start.column : code.length;
  const length = Math.max(1, Math.min(end, code.length - from));
  return { number: source.slice(0, bar), code, from, length };
}

/** Two lines, or none where the finding has no place. Lines that are too long are cut around the carets. */
export function excerptText(
  finding: CheckFinding,
  { style, paint, columns }: { style: Style; paint: Paint; columns: number },
): string[] {
  const pointed = pointedLine(finding);
  if (pointed === undefined) return [];
  const { number, code, from, length } = pointed;
  const window = cutAround(code, { from, length, room: columns - number.length - 3 });
  const before = window.code.slice(0, window.from);
  // Tabs stay, so that the carets stand under their text wherever they end.
  const blank = /\t/.test(before) ? before.replace(/[^\t]/g, " ") : " ".repeat(width(before));
  const gutter = (text: string): string => style.dim(`${text} |`);
  return [
    `${gutter(number)} ${printable(window.code)}`,
    `${gutter(" ".repeat(number.length))} ${blank}${paint("^".repeat(Math.max(1, window.length)))}`,
  ];
}

interface Cut {
  readonly from: number;
  readonly length: number;
}

const DOTS = "…";

function cutAround(
  code: string,
  { from, length, room }: Cut & { readonly room: number },
): Cut & { readonly code: string } {
  if (code.length <= room) return { code, from, length };
  const isFar = from + Math.min(length, room) + 2 > room;
  // Near the end of the line more of what stands before has room.
  const start = isFar ? Math.max(0, Math.min(from - 8, code.length + DOTS.length - room)) : 0;
  const head = start > 0 ? DOTS : "";
  const isWhole = code.length - start + head.length <= room;
  const kept = isWhole ? code.slice(start) : code.slice(start, start + room - head.length - 1);
  const tail = start + kept.length < code.length ? DOTS : "";
  const at = from - start + head.length;
  return {
    code: head + kept + tail,
    from: at,
    length: Math.max(1, Math.min(length, room - at - tail.length)),
  };
}
