// Lines of a text, as an edit counts them: where they begin and end, how far they are indented.

const BYTE_ORDER_MARK = "\ufeff";

/** Where the line begins on which `offset` stands; a byte order mark belongs to no line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return text.startsWith(BYTE_ORDER_MARK, start) ? start + 1 : start;
}

/** Behind the break of the line on which `offset` stands; the text's end on its last one. */
export function nextLine(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  return found === -1 ? text.length : found + 1;
}

/** What stands before `offset` on its line, with anything but white space as spaces. */
export function indentBefore(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset).replace(/\S/g, " ");
}

/** The white space with which the line begins on which `offset` stands. */
export function indentOfLine(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? "";
}

/** Is there only white space before it on its line? */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** Behind the comment lines at `offset` (a line's beginning) that are indented deeper than `indent`. */
export function skipDeeperComments(text: string, offset: number, indent: string): number {
  let at = offset;
  for (;;) {
    const found = /^([ \t]*)#/.exec(text.slice(at, nextLine(text, at)));
    if (found === null || (found[1] ?? "").length <= indent.length) return at;
    at = nextLine(text, at);
  }
}

/** The beginning of the comment lines that stand right above `offset` (a line's beginning). */
export function aboveComments(text: string, offset: number): number {
  let at = offset;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(above, at))) return at;
    at = above;
  }
  return at;
}

/** Behind the comment that follows `offset` on its line; `offset` where none does. */
export function behindComment(text: string, offset: number): number {
  const found = /^[ \t]+#[^\r\n]*/.exec(text.slice(offset, nextLine(text, offset)));
  return offset + (found?.[0].length ?? 0);
}
