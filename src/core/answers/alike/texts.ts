// Texts alike: of one that differs from another in its slots only, all is known but what it calls things.
import type { FoundText, KnownTexts, LearnedText } from "../../manifest/knownTexts.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import type { World } from "../../model/world.ts";
import { LikeDocument } from "./likeText.ts";
import { type PlacedSlot, slotsOf } from "./slotsOf.ts";
import { fieldsAround, freeIds, speaksOfPorts } from "./standIn.ts";
import { type Called, type RestoreJudged, TextForm } from "./textForm.ts";
import { TextTree } from "./textTree.ts";

/** A document whose text has a known form. */
export interface OfForm {
  readonly form: TextForm;
  readonly called: Called;
}

/** Longer texts are seldom alike. */
const LONGEST = 32 * 1024;
const MOST_FORMS = 256;
/** Where so many texts were learned in vain, no two of the rest will be alike. */
const MOST_IN_VAIN = 48;

export class AlikeTexts implements KnownTexts {
  readonly #tree = new TextTree<TextForm>();
  readonly #learnedForms = new WeakMap<PodDocument, OfForm>();
  #learned = 0;
  #found = 0;

  find(text: string): FoundText | undefined {
    if (this.#learned === 0 || text.length > LONGEST) return undefined;
    const found = this.#tree.find(text);
    if (found === undefined) return undefined;
    this.#found += 1;
    const { form, values } = found;
    return {
      values: form.values,
      document: (place) => new LikeDocument(form, values, place),
    };
  }

  learn(document: PodDocument, read: LearnedText): void {
    const { text } = read;
    if (text.length > LONGEST || this.#learned >= MOST_FORMS) return;
    if (this.#learned - this.#found >= MOST_IN_VAIN || /[\r\ufeff]/.test(text)) return;
    const slots = slotsIn(document, text);
    if (slots === undefined) return;
    const { literals, values } = cut(text, slots);
    const namesRoot = freeIds(document, {})?.includes(0) === true;
    const form = new TextForm(document, read, slots, namesRoot);
    this.#learned += 1;
    this.#tree.add(literals, slots, form);
    this.#learnedForms.set(document, { form, called: form.called(values) });
  }

  formOf(document: PodDocument): OfForm | undefined {
    return document instanceof LikeDocument ? document : this.#learnedForms.get(document);
  }
}

/** Kept where both ways to what a text calls things agree. */
export function remember(
  { form, called }: OfForm,
  { world, actual, answer }: { world: World; actual: Called["actual"]; answer: RestoreJudged },
): void {
  if (actual.names.join("\n") !== called.actual.names.join("\n")) return;
  form.remember(world, called.key, answer);
}

function slotsIn(document: PodDocument, text: string): PlacedSlot[] | undefined {
  const source = document.sourceMap.source();
  const { objectPath, findings, workload } = document;
  if (source === undefined || source.tree.json) return undefined;
  if (objectPath.length > 0 || findings.length > 0) return undefined;
  const keepsIds = freeIds(document, {}) === undefined;
  const rules = { keepsPorts: speaksOfPorts(document), keepsIds };
  return slotsOf(source.tree.root, text, fieldsAround(workload.podPath), rules);
}

function cut(text: string, slots: readonly PlacedSlot[]) {
  const literals: string[] = [];
  const values: string[] = [];
  let at = 0;
  for (const { start, end } of slots) {
    literals.push(text.slice(at, start));
    values.push(text.slice(start, end));
    at = end;
  }
  literals.push(text.slice(at));
  return { literals, values };
}
