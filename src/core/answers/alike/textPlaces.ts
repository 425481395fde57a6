// Where in a text the parts stand of a document whose form is known: where the form's own has them, moved by the values before.
import type { PodDocument } from "../../manifest/manifest.ts";
import type { FieldPath, Position, Range } from "../../model/finding.ts";
import type { PlacedSlot } from "./slotsOf.ts";

/** A place of the form's own document, counted from where that begins. */
interface OwnPlace {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  /** So many begin before it. */
  readonly slots: number;
  /** The last of them is on its line. */
  readonly isBehind: boolean;
}
type OwnRange = { readonly start: OwnPlace; readonly end: OwnPlace } | "none";

export class TextPlaces {
  readonly #document: PodDocument;
  readonly #slots: readonly PlacedSlot[];
  readonly #text: string;
  readonly #start: Position;
  readonly #ranges = new WeakMap<FieldPath, OwnRange>();

  /** @param start where the document of the text begins in its file */
  constructor(
    document: PodDocument,
    slots: readonly PlacedSlot[],
    { text, start }: { readonly text: string; readonly start: Position },
  ) {
    this.#document = document;
    this.#slots = slots;
    this.#text = text;
    this.#start = start;
  }

  /** The slot whose value stands at the path. */
  slotAt(path: FieldPath): number | undefined {
    const end = this.#document.sourceMap.range(path)?.end.offset ?? Number.NaN;
    const at = end - this.#start.offset;
    const index = this.#slots.findIndex((slot) => slot.end + slot.quote.length === at);
    return index < 0 ? undefined : index;
  }

  /** How much further on than in the form's own text a place is, by the number of slots before it. */
  movesOf(values: readonly string[]): readonly number[] {
    let all = 0;
    const moves = [0];
    for (let index = 0; index < this.#slots.length; index += 1) {
      const { start = 0, end = 0 } = this.#slots[index] ?? {};
      all += (values[index]?.length ?? 0) - (end - start);
      moves.push(all);
    }
    return moves;
  }

  /** @param start where the text begins in its file @see SourceMap.nearest */
  nearest(path: FieldPath, moves: readonly number[], start: Position): Range | undefined {
    let range = this.#ranges.get(path);
    if (range === undefined) {
      const here = this.#document.sourceMap.nearest(path);
      range =
        here === undefined ? "none" : { start: this.#own(here.start), end: this.#own(here.end) };
      this.#ranges.set(path, range);
    }
    if (range === "none") return undefined;
    return { start: moved(range.start, moves, start), end: moved(range.end, moves, start) };
  }

  #own(place: Position): OwnPlace {
    const { line, column } = place;
    const offset = place.offset - this.#start.offset;
    const later = this.#slots.findIndex((slot) => slot.start >= offset);
    const slots = later < 0 ? this.#slots.length : later;
    const last = this.#slots[slots - 1];
    const isBehind = last !== undefined && !this.#text.slice(last.end, offset).includes("\n");
    return { line: line - this.#start.line, column, offset, slots, isBehind };
  }
}

function moved(own: OwnPlace, moves: readonly number[], start: Position): Position {
  const { line, column, offset, slots, isBehind } = own;
  const move = moves[slots] ?? 0;
  return {
    line: start.line + line,
    // Of its line the last slot alone has moved it.
    column: isBehind ? column + move - (moves[slots - 1] ?? 0) : column,
    offset: start.offset + offset + move,
  };
}
