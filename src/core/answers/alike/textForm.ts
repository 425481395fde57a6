// The form of a manifest's text: its slots, where its values stand, and what was said of texts of that form.
import type { PodDocument } from "../../manifest/manifest.ts";
import type { FieldPath, Position, Range } from "../../model/finding.ts";
import type { World } from "../../model/world.ts";
import type { Judged } from "../judge.ts";
import { namesOf } from "./names.ts";
import { numbersOf } from "./numbers.ts";
import type { Actual } from "./restore.ts";
import type { PlacedSlot } from "./slotsOf.ts";
import { plainStandIn } from "./withStandIns.ts";

/** What a text of the form calls things, and by which key texts that call them alike are known. */
export interface Called {
  readonly key: string;
  readonly actual: Actual;
}

export type RestoreJudged = (actual: Actual) => Judged;

/** A place, the slots that begin before it, and whether the last of them is on its line. */
interface MovingPlace {
  readonly place: Position;
  readonly slots: number;
  readonly isBehind: boolean;
}
interface MovingRange {
  readonly start: MovingPlace;
  readonly end: MovingPlace;
}

export class TextForm {
  readonly document: PodDocument;
  readonly nameSlot: number | undefined;
  readonly namespaceSlot: number | undefined;
  readonly #slots: readonly PlacedSlot[];
  readonly #lines: readonly number[];
  readonly #namesRoot: boolean;
  readonly #ranges = new WeakMap<FieldPath, MovingRange | "none">();
  readonly #answers = new WeakMap<World, Map<string, RestoreJudged>>();

  /** @param namesRoot one of the ids is 0, which is no slot */
  constructor(document: PodDocument, slots: readonly PlacedSlot[], namesRoot: boolean) {
    this.document = document;
    this.#slots = slots;
    this.#namesRoot = namesRoot;
    const positions = document.sourceMap.source()?.positions;
    this.#lines = slots.map(({ start }) => positions?.at(start).line ?? 0);
    this.nameSlot = this.#slotOf(["metadata", "name"]);
    this.namespaceSlot = this.#slotOf(["metadata", "namespace"]);
  }

  #slotOf(path: FieldPath): number | undefined {
    const end = this.document.sourceMap.range(path)?.end.offset;
    const index = this.#slots.findIndex((slot) => slot.end + slot.quote.length === end);
    return index < 0 ? undefined : index;
  }

  called(values: readonly string[]): Called {
    const told = this.#slots.map(({ kind }, index) => ({ kind, value: values[index] ?? "" }));
    const of = (kind: string) => told.filter((one) => one.kind === kind).map(({ value }) => value);
    const names = namesOf(of("container"));
    const numbers = numbersOf([...of("id").map(Number), ...(this.#namesRoot ? [0] : [])]);
    const standing = { names, numbers, images: {}, keepsPorts: false };
    let key = "";
    for (const { kind, value } of told) {
      const isNumber = kind === "id" || kind === "port" || kind === "count";
      key += `${plainStandIn(isNumber ? Number(value) : value, kind, standing)}\n`;
    }
    return { key, actual: { names: names.actual, number: numbers.actual } };
  }

  answer(world: World, key: string): RestoreJudged | undefined {
    return this.#answers.get(world)?.get(key);
  }

  remember(world: World, key: string, answer: RestoreJudged): void {
    const answers = this.#answers.get(world) ?? new Map<string, RestoreJudged>();
    answers.set(key, answer);
    this.#answers.set(world, answers);
  }

  /** How much further on than here a text stands behind so many slots. */
  movesOf(values: readonly string[]): number[] {
    let all = 0;
    const moves = [0];
    for (const [index, { start, end }] of this.#slots.entries()) {
      all += (values[index]?.length ?? 0) - (end - start);
      moves.push(all);
    }
    return moves;
  }

  /** @see SourceMap.nearest */
  nearest(path: FieldPath, moves: readonly number[]): Range | undefined {
    let range = this.#ranges.get(path);
    if (range === undefined) {
      const here = this.document.sourceMap.nearest(path);
      range = here === undefined ? "none" : this.#moving(here);
      this.#ranges.set(path, range);
    }
    if (range === "none") return undefined;
    return { start: moved(range.start, moves), end: moved(range.end, moves) };
  }

  #moving({ start, end }: Range): MovingRange {
    return { start: this.#movingPlace(start), end: this.#movingPlace(end) };
  }

  #movingPlace(place: Position): MovingPlace {
    const later = this.#slots.findIndex(({ start }) => start >= place.offset);
    const slots = later < 0 ? this.#slots.length : later;
    return { place, slots, isBehind: this.#lines[slots - 1] === place.line };
  }
}

function moved({ place, slots, isBehind }: MovingPlace, moves: readonly number[]): Position {
  const move = moves[slots] ?? 0;
  // Of its line only the last slot has moved it.
  const column = isBehind ? place.column + move - (moves[slots - 1] ?? 0) : place.column;
  return { line: place.line, column, offset: place.offset + move };
}
