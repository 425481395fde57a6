// The lines around an error, with a caret under its place.
import type { Position } from "../model/finding.ts";
import type { Positions } from "./positions.ts";

const LINES_BEFORE = 2;
/** Longer lines are cut around the caret, those before it at their end. */
const WIDTH = 100;
const CUT = "…";
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal must not obey what a file holds
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * ```
 *   3 | spec:
 *   4 |   hostPID: @yes
 *     |            ^
 * ```
 */
export function excerptOf(positions: Positions, place: Position): string {
  const first = Math.max(1, place.line - LINES_BEFORE);
  const width = String(place.line).length;
  const column = place.column - 1;
  const lines = positions.lines(first, place.line);
  const last = lines.pop() ?? "";
  const from = startOf(last, column);
  const texts = [...lines.map((line) => cut(line, 0)), cut(last, from)];
  const shown = texts.map((text, index) =>
    `${String(first + index).padStart(width)} | ${text}`.trimEnd(),
  );
  const before = (texts.at(-1) ?? "").slice(0, column - from);
  // Tabs stay, so that the caret stands under its character wherever they end.
  shown.push(`${" ".repeat(width)} | ${before.replace(/[^\t]/g, " ")}^`);
  return shown.join("\n");
}

/** Where the shown part of the line begins: no character pair is taken apart. */
function startOf(line: string, column: number): number {
  const from = Math.max(0, Math.min(column - WIDTH / 2, line.length - WIDTH));
  return from > 0 && isSecondOfPair(line, from + 1) ? from + 1 : from;
}

/** As many characters as the line has there: what is left out takes the place of one. */
function cut(line: string, from: number): string {
  const part = line.slice(from, from + WIDTH);
  const head = from > 0 ? CUT : "";
  const isLong = line.length > from + WIDTH;
  const end = isLong ? WIDTH - (isSecondOfPair(line, from + WIDTH - 1) ? 2 : 1) : part.length;
  return `${head}${part.slice(head.length, end)}${isLong ? CUT : ""}`.replace(
    UNPRINTABLE,
    "\ufffd",
  );
}

function isSecondOfPair(line: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(line.slice(at - 1, at + 1));
}
