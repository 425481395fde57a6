// What a document of a known form has along a path, without its object: names of list items and the value at the end.
import type { FieldPath } from "../../model/finding.ts";
import type { JsonObject } from "../../model/json.ts";
import { type Walked, walk } from "../walked.ts";
import { valueIn } from "./filled.ts";
import type { PlacedSlot } from "./slotsOf.ts";

interface FormWalked extends Walked {
  /** Step → the slot of its name. */
  readonly names: readonly (number | undefined)[];
  readonly valueSlot: number | undefined;
}

export class FormSteps {
  readonly #object: JsonObject;
  readonly #slots: readonly PlacedSlot[];
  readonly #known = new WeakMap<FieldPath, FormWalked>();

  /** @param object of the form's own document */
  constructor(object: JsonObject, slots: readonly PlacedSlot[]) {
    this.#object = object;
    this.#slots = slots;
  }

  /** @see walk */
  along(path: FieldPath, values: readonly string[]): Walked {
    const { steps, names, value, valueSlot } = this.#walked(path);
    return {
      steps: steps.map((step, index) => {
        const slot = names[index];
        return slot === undefined ? step : (values[slot] ?? "");
      }),
      value:
        valueSlot === undefined
          ? value
          : valueIn(this.#slots[valueSlot]?.kind, values[valueSlot] ?? ""),
    };
  }

  #walked(path: FieldPath): FormWalked {
    const before = this.#known.get(path);
    if (before !== undefined) return before;
    const { steps, value } = walk(this.#object, path);
    const names = path.map((step, index) =>
      typeof step === "number" ? this.#slotAt([...path.slice(0, index + 1), "name"]) : undefined,
    );
    const fresh = { steps, value, names, valueSlot: this.#slotAt(path) };
    this.#known.set(path, fresh);
    return fresh;
  }

  #slotAt(path: FieldPath): number | undefined {
    const index = this.#slots.findIndex((slot) => isSame(slot.path, path));
    return index < 0 ? undefined : index;
  }
}

function isSame(one: FieldPath, other: FieldPath): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}
