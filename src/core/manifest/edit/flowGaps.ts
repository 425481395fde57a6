// What stands between two entries of `{…}` or `[…]`: the comma, and the comment that speaks of the entry before it.
import { behindComment, nextLine } from "./lines.ts";

export interface FlowGap {
  /** Where the comma stands; undefined behind a last entry without one. */
  readonly comma: number | undefined;
  /** The comment behind the entry, on its line, before or behind the comma. */
  readonly comment: { readonly start: number; readonly end: number } | undefined;
}

/** @param from behind the entry @param to where the next one begins, or the closing bracket stands */
export function flowGap(text: string, from: number, to: number): FlowGap {
  const before = behindComment(text, from);
  const comma = commaIn(text, from, to);
  if (before > from) return { comma, comment: { start: from, end: before } };
  if (comma === undefined || text.slice(from, comma).includes("\n")) {
    return { comma, comment: undefined };
  }
  const behind = behindComment(text, comma + 1);
  const comment = behind > comma + 1 ? { start: comma + 1, end: behind } : undefined;
  return { comma, comment };
}

/** Only white space, comments and one comma stand there. */
function commaIn(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    if (text[at] === "#") at = nextLine(text, at) - 1;
    else if (text[at] === ",") return at;
  }
  return undefined;
}
