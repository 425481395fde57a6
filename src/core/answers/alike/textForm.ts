// The form of a manifest's text: its slots, where its values stand, and what was said of texts of that form.
import type { LearnedText } from "../../manifest/knownTexts.ts";
import type { PodDocument, Workload } from "../../manifest/manifest.ts";
import type { World } from "../../model/world.ts";
import type { Judged } from "../judge.ts";
import { type Fill, fillerOf, valueIn } from "./filled.ts";
import { FormSteps } from "./formSteps.ts";
import { namesOf } from "./names.ts";
import { numbersOf } from "./numbers.ts";
import type { Actual } from "./restore.ts";
import type { SlotKind } from "./slots.ts";
import type { PlacedSlot } from "./slotsOf.ts";
import { TextPlaces } from "./textPlaces.ts";
import { plainStandIn } from "./withStandIns.ts";

/** What a text of the form calls things, and by which key texts that call them alike are known. */
export interface Called {
  readonly key: string;
  readonly actual: Actual;
}

export type RestoreJudged = (actual: Actual) => Judged;

export class TextForm {
  readonly document: PodDocument;
  readonly places: TextPlaces;
  /** Written in the document. */
  readonly values: number;
  readonly #slots: readonly PlacedSlot[];
  readonly #namesRoot: boolean;
  readonly #nameSlot: number | undefined;
  readonly #namespaceSlot: number | undefined;
  readonly fill: Fill;
  readonly steps: FormSteps;
  readonly #answers = new WeakMap<World, Map<string, RestoreJudged>>();

  /** @param namesRoot one of the ids is 0, which is no slot */
  constructor(
    document: PodDocument,
    read: LearnedText,
    slots: readonly PlacedSlot[],
    namesRoot: boolean,
  ) {
    this.document = document;
    this.places = new TextPlaces(document, slots, read);
    this.values = read.values;
    this.fill = fillerOf(document.object, slots);
    this.steps = new FormSteps(document.object, slots);
    this.#slots = slots;
    this.#namesRoot = namesRoot;
    this.#nameSlot = this.places.slotAt(["metadata", "name"]);
    this.#namespaceSlot = this.places.slotAt(["metadata", "namespace"]);
  }

  workloadOf(values: readonly string[]): Workload {
    const { workload } = this.document;
    const name = this.#nameSlot === undefined ? workload.name : values[this.#nameSlot];
    const namespace =
      this.#namespaceSlot === undefined ? workload.namespace : values[this.#namespaceSlot];
    return { ...workload, name: name ?? "", namespace };
  }

  called(values: readonly string[]): Called {
    const ids = this.#valuesOf("id", values).map(Number);
    if (this.#namesRoot) ids.push(0);
    const names = namesOf(this.#valuesOf("container", values));
    const numbers = numbersOf(ids);
    const standing = { names, numbers, images: {}, keepsPorts: false };
    let key = "";
    for (let index = 0; index < this.#slots.length; index += 1) {
      const kind = this.#slots[index]?.kind;
      const value = values[index] ?? "";
      // A value that fits such a slot is a plain name.
      if (kind === "name" || kind === "label" || kind === "container") key += names.ofText(value);
      else if (kind !== undefined) key += plainStandIn(valueIn(kind, value), kind, standing);
      key += "\n";
    }
    return { key, actual: { names: names.actual, number: numbers.actual } };
  }

  #valuesOf(kind: SlotKind, values: readonly string[]): string[] {
    return values.filter((_, index) => this.#slots[index]?.kind === kind);
  }

  answer(world: World, key: string): RestoreJudged | undefined {
    return this.#answers.get(world)?.get(key);
  }

  remember(world: World, key: string, answer: RestoreJudged): void {
    const answers = this.#answers.get(world) ?? new Map<string, RestoreJudged>();
    answers.set(key, answer);
    this.#answers.set(world, answers);
  }
}
