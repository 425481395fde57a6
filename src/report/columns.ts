// Aligned columns for a terminal: each cell is wrapped to its column, so that nothing runs past the width.

export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}
export interface Column {
  /** Characters; the last column may be told as what is left of the line. */
  readonly width: number;
}

/** Control characters of a stranger's manifest must not reach the terminal, nor those that turn the direction of text around. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Lays one row out: cells side by side, two spaces between, wrapped lines below each other.
 * @returns lines without trailing spaces
 */
export function row(cells: readonly Cell[], columns: readonly Column[], margin: string): string[] {
  const wrapped = cells.map((cell, index) =>
    wrap(printable(cell.text), columns[index]?.width ?? 80),
  );
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  const out: string[] = [];
  for (let line = 0; line < height; line += 1) {
    let text = margin;
    cells.forEach((cell, index) => {
      const part = wrapped[index]?.[line] ?? "";
      const last = index === cells.length - 1;
      const pad = last
        ? ""
        : " ".repeat(Math.max(0, (columns[index]?.width ?? 0) - width(part)) + 2);
      text += (cell.paint?.(part) ?? part) + pad;
    });
    out.push(text.trimEnd());
  }
  return out;
}

/** Breaks text at spaces (and after commas and slashes of a long word) so that no line is wider than `limit`. */
export function wrap(text: string, limit: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    if (width(paragraph) <= limit) {
      lines.push(paragraph);
      continue;
    }
    if (wrapPlain(paragraph, limit, lines)) continue;
    let line = "";
    let taken = 0;
    for (const word of paragraph.split(" ").flatMap((part) => pieces(part, limit))) {
      const more = width(word);
      const joined = line === "" ? more : taken + 1 + more;
      if (joined <= limit) {
        line = line === "" ? word : `${line} ${word}`;
        taken = joined;
      } else {
        lines.push(line);
        line = word;
        taken = more;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Most texts: one column a character, words with one space between, none longer than the line. @returns false for another */
function wrapPlain(text: string, limit: number, lines: string[]): boolean {
  if (!PLAIN.test(text) || text.startsWith(" ") || text.includes("  ")) return false;
  const found: string[] = [];
  let start = 0;
  while (text.length - start > limit) {
    const space = text.lastIndexOf(" ", start + limit);
    if (space <= start) return false;
    found.push(text.slice(start, space));
    start = space + 1;
  }
  lines.push(...found, text.slice(start));
  return true;
}

function pieces(word: string, limit: number): string[] {
  const found: string[] = [];
  let rest = word;
  while (width(rest) > limit) {
    const head = rest.slice(0, limit);
    const cut = Math.max(head.lastIndexOf("/"), head.lastIndexOf(","), head.lastIndexOf(":"));
    const end = cut > limit / 2 ? cut + 1 : limit;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...found, rest];
}

/** One column each. */
const PLAIN = /^[ -~\u00a0-\u02ff\u2010-\u2026\u2190-\u2193\u2713\u2717]*$/;

/** Columns that a text takes on a terminal: East Asian wide characters and emoji count two, marks none. */
export function width(text: string): number {
  // Nearly every text is of these, and the segmenter is slow to start.
  if (PLAIN.test(text)) return text.length;
  let total = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (/^\p{Mark}/u.test(segment)) continue;
    total +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return total;
}
