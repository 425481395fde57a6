// Parts of a heading: side by side as far as they fit, else below each other.
import { type Cell, printable, width } from "../columns.ts";

const GAP = 2;

/** Lines; those after the first are indented. Words are never torn apart. */
export function partsText(parts: readonly Cell[], columns: number, margin = ""): string[] {
  const lines: string[] = [];
  let used = 0;
  for (const { text, paint = String } of parts) {
    const part = printable(text).replaceAll("\n", " ");
    const last = lines.pop();
    if (last === undefined) {
      lines.push(margin + paint(part));
      used = margin.length + width(part);
    } else if (used + GAP + width(part) <= columns) {
      lines.push(`${last}${" ".repeat(GAP)}${paint(part)}`);
      used += GAP + width(part);
    } else {
      lines.push(last, `${margin}${" ".repeat(GAP)}${paint(part)}`);
      used = margin.length + GAP + width(part);
    }
  }
  return lines;
}
