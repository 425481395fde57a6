// Rows below a finding: a word of few letters, and beside it what it is about.
import { row } from "../columns.ts";
import type { Style } from "../style.ts";

export interface RowOptions {
  readonly style: Style;
  readonly columns: number;
}

export const MARGIN = "  ";
export const LABEL = 7;
export const GAP = 2;

/** Characters beside the label. */
export function roomOf({ columns }: RowOptions): number {
  return columns - LABEL - MARGIN.length - GAP;
}

/** Lines. What is dim is so as a whole. */
export function labelled(
  label: string,
  text: string,
  paint: (text: string) => string,
  options: RowOptions,
): string[] {
  const isDim = paint === options.style.dim;
  return row(
    [
      { text: label, paint },
      { text, ...(isDim ? { paint } : {}) },
    ],
    [{ width: LABEL }, { width: roomOf(options) }],
    MARGIN,
  );
}
