// Texts that differ in their slots only, found without reading them as YAML: what stands between the slots has to be equal.
import { fits, type Slot } from "./slots.ts";

export interface Found<Form> {
  readonly form: Form;
  /** What stands in the slots, in the order of the text. */
  readonly values: readonly string[];
}

interface Branch<Form> {
  readonly literal: string;
  /** Behind the literal; absent at the end of a text. */
  readonly slot: Slot | undefined;
  readonly branches: Branch<Form>[];
  readonly form: Form | undefined;
}

/** At one place of the text there may be so many ways on. */
const MOST_BRANCHES = 64;

export class TextTree<Form> {
  readonly #branches: Branch<Form>[] = [];

  /** @param literals one more than slots: what stands before, between and behind them */
  add(literals: readonly string[], slots: readonly Slot[], form: Form): void {
    let branches = this.#branches;
    for (const [index, literal] of literals.entries()) {
      const slot = slots[index];
      const known = branches.find((one) => one.literal === literal && isSame(one.slot, slot));
      if (known === undefined && branches.length >= MOST_BRANCHES) return;
      const branch = known ?? { literal, slot, branches: [], form: slot ? undefined : form };
      if (known === undefined) branches.push(branch);
      branches = branch.branches;
    }
  }

  find(text: string): Found<Form> | undefined {
    const values: string[] = [];
    const form = find(this.#branches, text, 0, values);
    return form === undefined ? undefined : { form, values };
  }
}

function isSame(one: Slot | undefined, other: Slot | undefined): boolean {
  return one?.kind === other?.kind && one?.quote === other?.quote;
}

function find<Form>(
  branches: readonly Branch<Form>[],
  text: string,
  from: number,
  values: string[],
): Form | undefined {
  for (const { literal, slot, branches: next, form } of branches) {
    if (!text.startsWith(literal, from)) continue;
    const start = from + literal.length;
    if (slot === undefined) {
      if (start === text.length) return form;
      continue;
    }
    const end = text.indexOf(slot.quote === "" ? "\n" : slot.quote, start);
    if (end < 0) continue;
    const value = text.slice(start, end);
    if (!fits(slot, value)) continue;
    values.push(value);
    const found = find(next, text, end, values);
    if (found !== undefined) return found;
    values.pop();
  }
  return undefined;
}
