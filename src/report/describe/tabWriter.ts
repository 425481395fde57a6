// Lines of cells in aligned columns, as the tab writer of kubectl's descriptions lays them out.

const PADDING = 2;

/**
 * Cells end with a tab; a column is as wide as its widest cell in the lines that follow each other and have it. What
 * stands behind a line's last tab belongs to no column. A form feed ends a line and with it every column.
 * @see go text/tabwriter/tabwriter.go Writer.format
 */
export function tabbed(text: string): string {
  return text
    .split("\f")
    .map((part) => aligned(part.split("\n").map((line) => line.split(/[\t\v]/))))
    .join("\n");
}

function aligned(lines: readonly (readonly string[])[]): string {
  return format(lines, []).join("\n");
}

/** @param widths of the columns to the left, which all of these lines have */
function format(lines: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const column = widths.length;
  const has = (cells: readonly string[] | undefined): boolean => column < (cells?.length ?? 0) - 1;
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const begin = at;
    while (has(lines[at])) at += 1;
    if (at === begin) {
      out.push(padded(lines[at] ?? [], widths));
      at += 1;
      continue;
    }
    const block = lines.slice(begin, at);
    const width = Math.max(...block.map((cells) => characters(cells[column] ?? "") + PADDING));
    out.push(...format(block, [...widths, width]));
  }
  return out;
}

function padded(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - characters(cell))))
    .join("");
}

/** Go counts code points, wide or not. */
function characters(text: string): number {
  return [...text].length;
}
