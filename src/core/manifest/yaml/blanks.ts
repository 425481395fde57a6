// White space inside plain and quoted scalars: a line break folds to a space, further ones stay.
import { isBlank, isBreak, TAB } from "./characters.ts";
import { column, readBreak, type Scanner, scannerError } from "./scannerState.ts";

export interface FoldOptions {
  /** An escaped line break came before: nothing is left of the first line's break. */
  readonly afterBreak?: boolean;
  /** Column under which a tab is an error, for plain scalars. */
  readonly indent?: number;
}

/** Reads white space and breaks; returns what they fold to and tells in `brokeLine` whether a break was among them. */
export function foldBlanks(scanner: Scanner, options: FoldOptions = {}): string {
  const { text } = scanner;
  const from = scanner.pos;
  let first: string | undefined = options.afterBreak === true ? "" : undefined;
  let further = "";
  for (;;) {
    const code = text.charCodeAt(scanner.pos);
    if (isBlank(code)) {
      if (code === TAB && first !== undefined && column(scanner) < (options.indent ?? 0)) {
        throw scannerError(scanner, "found a tab character that violates indentation");
      }
      scanner.pos += 1;
    } else if (isBreak(code)) {
      if (first === undefined) first = readBreak(scanner);
      else further += readBreak(scanner);
    } else break;
  }
  scanner.brokeLine = first !== undefined;
  if (first === undefined) return text.slice(from, scanner.pos);
  if (first !== "\n") return first + further;
  return further === "" ? " " : further;
}
