// The lines around an error, with a caret under its place.
import type { Position } from "../model/finding.ts";
import type { Positions } from "./positions.ts";

const LINES_BEFORE = 2;
/** Longer lines are cut around the caret. */
const WIDTH = 100;
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
  const from = Math.max(0, place.column - 1 - WIDTH / 2);
  const texts = positions.lines(first, place.line).map((line) => cut(line, from));
  const lines = texts.map((text, index) =>
    `${String(first + index).padStart(width)} | ${text}`.trimEnd(),
  );
  const before = (texts.at(-1) ?? "").slice(0, place.column - 1 - from);
  // Tabs stay, so that the caret stands under its character wherever they end.
  lines.push(`${" ".repeat(width)} | ${before.replace(/[^\t]/g, " ")}^`);
  return lines.join("\n");
}

function cut(line: string, from: number): string {
  return line.slice(from, from + WIDTH).replace(UNPRINTABLE, "\ufffd");
}
