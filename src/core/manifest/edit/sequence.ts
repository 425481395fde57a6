// A list → another list: items changed, added and taken out, the others as they stand.
import type { JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { YamlNode } from "../yaml/node.ts";
import { behindLines, emptyCollection, removeLines } from "./blockMapping.ts";
import { CannotEdit, type Draft, insertLines, isFlow, type Slot } from "./draft.ts";
import { type FlowAddition, spliceFlow } from "./flowEntries.ts";
import { beginsLine, indentBefore, indentOfLine } from "./lines.ts";
import { flowText, itemLines, scalarText } from "./render.ts";

interface Wanted {
  readonly to: readonly JsonValue[];
  readonly edit: (draft: Draft, node: YamlNode, slot: Slot, to: JsonValue) => void;
}

/** What becomes of an item, and what follows it. */
interface Step {
  readonly removed: boolean;
  readonly becomes?: JsonValue;
  readonly followers: readonly JsonValue[];
}

export function editSequence(draft: Draft, node: YamlNode, slot: Slot, { to, edit }: Wanted): void {
  const steps = align(
    node.children.map(({ json }) => json),
    to,
  );
  const flow = isFlow(draft, node);
  for (const [index, { becomes }] of steps.entries()) {
    const item = node.children[index];
    if (becomes === undefined || item === undefined) continue;
    const indent = indentBefore(draft.text, item.mark);
    edit(draft, item, { flow, indent }, becomes);
  }
  if (flow) editFlowSequence(draft, node, steps);
  else if (steps.every(({ removed, followers }) => removed && followers.length === 0)) {
    emptyCollection(draft, node, slot, "[]");
  } else editBlockSequence(draft, node, steps);
}

/** As many items: each in its place. Otherwise those that are in both stay; between them, one takes the place of one. */
function align(from: readonly JsonValue[], to: readonly JsonValue[]): Step[] {
  if (from.length === to.length) {
    return to.map((becomes) => ({ removed: false, becomes, followers: [] }));
  }
  const steps: Step[] = [];
  let next = 0;
  for (const [index, item] of from.entries()) {
    const same = to.findIndex((one, at) => at >= next && sameJson(one, item));
    const later = (one: JsonValue) => from.some((old, at) => at > index && sameJson(old, one));
    const becomes = to[next];
    if (same === next) {
      steps.push({ removed: false, followers: [] });
      next += 1;
    } else if (becomes !== undefined && same === -1 && !later(becomes)) {
      steps.push({ removed: false, becomes, followers: [] });
      next += 1;
    } else steps.push({ removed: true, followers: [] });
  }
  const last = steps.at(-1);
  if (last === undefined || next === to.length) return steps;
  return [...steps.slice(0, -1), { ...last, followers: to.slice(next) }];
}

function editFlowSequence(draft: Draft, node: YamlNode, steps: readonly Step[]): void {
  const { text, style } = draft;
  const quote = quoteOf(draft, node);
  const additions: FlowAddition[] = steps.flatMap(({ followers }, index) =>
    followers.map((item) => ({
      place: index + 1,
      text:
        typeof item === "object" && item !== null
          ? flowText(item, style, indentOfLine(text, node.start))
          : scalarText(item, style, quote),
    })),
  );
  const entries = node.children.map(({ mark, end }, index) => ({
    start: mark,
    end,
    removed: steps[index]?.removed === true,
  }));
  if (additions.length > 0 || entries.some(({ removed }) => removed)) {
    spliceFlow(draft, node, entries, additions);
  }
}

/** The list's own way of quoting comes first. */
function quoteOf({ text, style }: Draft, { children }: YamlNode): string {
  const item = children.find(({ json, kind }) => kind === "scalar" && typeof json === "string");
  const first = item === undefined ? style.quote : text[item.start];
  return first === '"' || first === "'" ? first : "";
}

function editBlockSequence(draft: Draft, node: YamlNode, steps: readonly Step[]): void {
  const { text, style } = draft;
  const own = { ...style, quote: quoteOf(draft, node) };
  for (const [index, { removed, followers }] of steps.entries()) {
    const item = node.children[index];
    if (item === undefined || (!removed && followers.length === 0)) continue;
    const dash = dashOf(text, item);
    const end = behindLines(text, item);
    if (followers.length > 0)
      insertLines(draft, end, itemLines(followers, own, indentBefore(text, dash)));
    if (!removed) continue;
    if (!beginsLine(text, dash)) throw new CannotEdit("the item does not begin its line");
    removeLines(draft, [{ ...item, mark: dash }], end);
  }
}

function dashOf(text: string, item: YamlNode): number {
  const before = text.slice(0, item.mark).trimEnd();
  if (before.endsWith("-")) return before.length - 1;
  throw new CannotEdit("a comment stands between the dash and its item");
}
