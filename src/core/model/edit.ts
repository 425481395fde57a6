// An edit of a manifest's text: what stands between two offsets is replaced; nothing else of the file changes.
import type { Range } from "./finding.ts";

/** `text` replaces what stands in `range` of `file` (an empty range inserts). Edits of one file never overlap. */
export interface TextEdit {
  readonly file: string;
  readonly range: Range;
  readonly text: string;
}

/** Makes the edits, whatever their order. @throws RangeError when two of them overlap */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset);
  const parts: string[] = [];
  let at = 0;
  for (const { range, text: inserted } of ordered) {
    if (range.start.offset < at)
      throw new RangeError(`edits overlap at offset ${range.start.offset}`);
    parts.push(text.slice(at, range.start.offset), inserted);
    at = range.end.offset;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** The same edit of a text that begins `by` characters later; lines and columns stay those of the whole. */
export function shiftedEdit({ file, range, text }: TextEdit, by: number): TextEdit {
  const { start, end } = range;
  const shifted = {
    start: { ...start, offset: start.offset - by },
    end: { ...end, offset: end.offset - by },
  };
  return { file, range: shifted, text };
}
