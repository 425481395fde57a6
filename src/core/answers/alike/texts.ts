// Texts alike: of one that differs from another in its slots only, all is known but what it calls things.
import type { ManifestOptions, PodDocument } from "../../manifest/manifest.ts";
import type { World } from "../../model/world.ts";
import { likeDocument } from "./likeText.ts";
import { slotsOf } from "./slotsOf.ts";
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

export class AlikeTexts {
  readonly #tree = new TextTree<TextForm>();
  readonly #forms = new WeakMap<PodDocument, OfForm>();
  #learned = 0;
  #found = 0;

  /** The document of a text like another that was learned: nothing of it is read unless it is asked for. */
  find(text: string, file: string, options: ManifestOptions): PodDocument | undefined {
    if (this.#learned === 0 || text.length > LONGEST) return undefined;
    const found = this.#tree.find(text);
    if (found === undefined) return undefined;
    this.#found += 1;
    const { form, values } = found;
    const document = likeDocument(form, { text, file, values }, options);
    this.#forms.set(document, { form, called: form.called(values) });
    return document;
  }

  isLearning(text: string): boolean {
    if (text.length > LONGEST || this.#learned >= MOST_FORMS) return false;
    return this.#learned - this.#found < MOST_IN_VAIN && !/[\r\ufeff]/.test(text);
  }

  /** @param document all that `text` holds */
  learn(document: PodDocument, text: string, world: World): void {
    const form = formOf(document, text, world);
    if (form === undefined) return;
    this.#learned += 1;
    const { slots, literals, values } = form;
    this.#tree.add(literals, slots, form.form);
    this.#forms.set(document, { form: form.form, called: form.form.called(values) });
  }

  formOf(document: PodDocument): OfForm | undefined {
    return this.#forms.get(document);
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

function formOf(document: PodDocument, text: string, world: World) {
  const source = document.sourceMap.source();
  const { objectPath, findings, workload } = document;
  if (source === undefined || source.tree.json) return undefined;
  if (objectPath.length > 0 || findings.length > 0 || Object.keys(world.images).length > 0) {
    return undefined;
  }
  const ids = freeIds(document, world);
  const rules = { keepsPorts: speaksOfPorts(document), keepsIds: ids === undefined };
  const slots = slotsOf(source.tree, text, fieldsAround(workload.podPath), rules);
  if (slots === undefined) return undefined;
  const literals: string[] = [];
  const values: string[] = [];
  let at = 0;
  for (const { start, end } of slots) {
    literals.push(text.slice(at, start));
    values.push(text.slice(start, end));
    at = end;
  }
  literals.push(text.slice(at));
  return {
    slots,
    literals,
    values,
    form: new TextForm(document, slots, ids?.includes(0) === true),
  };
}
