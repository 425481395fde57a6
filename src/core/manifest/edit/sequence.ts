// A list → another list: items changed, added and taken out, the others as they stand.
import type { JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { YamlNode } from "../yaml/node.ts";
import { align, isRespelled, type Step } from "./align.ts";
import { CannotEdit, type Draft, insertLines, isFlow, type Slot } from "./draft.ts";
import { type FlowAddition, spliceFlow } from "./flowEntries.ts";
import {
  aboveComments,
  beginsLine,
  indentBefore,
  indentOfLine,
  lineStart,
  nextLine,
} from "./lines.ts";
import { behindPart, emptyCollection, removeLines } from "./removeLines.ts";
import { flowText, itemLines, scalarText } from "./render.ts";

interface Wanted {
  readonly to: readonly JsonValue[];
  readonly edit: (draft: Draft, node: YamlNode, slot: Slot, to: JsonValue) => void;
}

export function editSequence(draft: Draft, node: YamlNode, slot: Slot, { to, edit }: Wanted): void {
  const aligned = align(node.children.map(draft.readings.unedited), to);
  const steps = aligned.map((step, index) => withoutComment(draft, node.children[index], step));
  const flow = isFlow(draft, node);
  for (const [index, { becomes }] of steps.entries()) {
    const item = node.children[index];
    if (becomes === undefined || item === undefined) continue;
    const indent = indentBefore(draft.text, item.mark);
    edit(draft, item, { flow, indent }, becomes);
  }
  if (flow) editFlowSequence(draft, node, steps);
  else if (steps.every((step) => step.removed && isAlone(step))) {
    emptyCollection(draft, node, slot, "[]");
  } else editBlockSequence(draft, node, steps);
}

/** A word that takes the place of another does not take over what is said of it. */
function withoutComment({ text }: Draft, item: YamlNode | undefined, step: Step): Step {
  const { becomes, leaders, followers } = step;
  if (item?.kind !== "scalar" || typeof becomes !== "string") return step;
  if (sameJson(item.json, becomes) || isRespelled(item.json, becomes)) return step;
  const isCommented = /^[ \t]*,?[ \t]+#/.test(text.slice(item.end, nextLine(text, item.end)));
  return isCommented ? { removed: true, leaders, followers: [becomes, ...followers] } : step;
}

function editFlowSequence(draft: Draft, node: YamlNode, steps: readonly Step[]): void {
  const { text, style } = draft;
  const quote = quoteOf(draft, node);
  const added = (items: readonly JsonValue[], place: number): FlowAddition[] =>
    items.map((item) => ({
      place,
      text:
        typeof item === "object" && item !== null
          ? flowText(item, style, indentOfLine(text, node.start))
          : scalarText(item, style, quote),
    }));
  const additions = steps.flatMap(({ leaders, followers }, index) => [
    ...added(leaders, index),
    ...added(followers, index + 1),
  ]);
  const entries = node.children.map(({ mark, end }, index) => ({
    start: mark,
    end,
    removed: steps[index]?.removed === true,
  }));
  if (additions.length > 0 || entries.some(({ removed }) => removed)) {
    spliceFlow(draft, node, entries, additions);
  }
}

function isAlone({ leaders, followers }: Step): boolean {
  return leaders.length === 0 && followers.length === 0;
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
  for (const [index, step] of steps.entries()) {
    const { removed, leaders, followers } = step;
    const item = node.children[index];
    if (item === undefined || (!removed && isAlone(step))) continue;
    const dash = dashOf(text, item);
    const indent = indentBefore(text, dash);
    if (leaders.length > 0) {
      const at = aboveComments(text, lineStart(text, dash));
      insertLines(draft, at, itemLines(leaders, own, indent));
    }
    if (followers.length > 0)
      insertLines(draft, behindPart(text, indent, item), itemLines(followers, own, indent));
    if (!removed) continue;
    if (!beginsLine(text, dash)) throw new CannotEdit("the item does not begin its line");
    removeLines(draft, dash, item);
  }
}

function dashOf(text: string, item: YamlNode): number {
  const before = text.slice(0, item.mark).trimEnd();
  if (before.endsWith("-")) return before.length - 1;
  throw new CannotEdit("a comment stands between the dash and its item");
}
