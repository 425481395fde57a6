// An excerpt as a terminal shows it: its caret under the character that it points at, however many columns those before it take.
import { printable, width } from "./columns.ts";

const BAR = " | ";

/** @param excerpt its last line holds the caret, counted in UTF-16 units */
export function excerptLines(excerpt: string): readonly string[] {
  const lines = excerpt.split("\n");
  const pointer = lines.pop() ?? "";
  const source = lines.at(-1) ?? "";
  const code = pointer.indexOf(BAR) + BAR.length;
  const before = source.slice(code, pointer.indexOf("^", code));
  // Tabs stay: where they end is for the terminal to say.
  const blank = before
    .split("\t")
    .map((part) => " ".repeat(width(printable(part))))
    .join("\t");
  return [...lines.map(printable), `${pointer.slice(0, code)}${blank}^`];
}
