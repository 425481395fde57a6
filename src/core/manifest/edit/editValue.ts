// One value of a document → the splices that make of it what is wanted.
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import type { YamlNode } from "../yaml/node.ts";
import { editBlockMapping } from "./blockMapping.ts";
import { type ChangeTree, resultOf, wantedMembers } from "./changeTree.ts";
import { CannotEdit, type Draft, isFlow, type Slot } from "./draft.ts";
import { type Entry, type EntryChanges, entriesOf, sayerOf } from "./entries.ts";
import { editFlowMapping } from "./flowEntries.ts";
import { indentBefore } from "./lines.ts";
import { replaceAlias, replaceValue } from "./replaceValue.ts";
import { editSequence } from "./sequence.ts";

/** @throws CannotEdit */
export function editValue(draft: Draft, node: YamlNode, slot: Slot, tree: ChangeTree): void {
  if (node.kind === "alias") {
    const to = resultOf(node.json, tree);
    if (to !== undefined) replaceAlias(draft, node, slot, to);
    return;
  }
  const members = wantedMembers(node.json, tree);
  if (node.kind === "mapping" && members !== undefined && node.children.length > 0) {
    editMapping(draft, node, slot, members);
    return;
  }
  if (node.kind === "sequence" && members !== undefined) {
    editItems(draft, node, members);
    return;
  }
  const to = resultOf(node.json, tree);
  if (to === undefined) throw new CannotEdit("it cannot be taken out of here");
  if (node.kind === "sequence" && Array.isArray(to) && node.children.length > 0) {
    editSequence(draft, node, slot, { to, edit: editValue });
  } else replaceValue(draft, node, slot, to);
}

function editItems(
  draft: Draft,
  node: YamlNode,
  members: ReadonlyMap<string | number, ChangeTree>,
): void {
  const flow = isFlow(draft, node);
  for (const [step, tree] of members) {
    const item = typeof step === "number" ? node.children[step] : undefined;
    if (item === undefined) throw new CannotEdit("there is no such item");
    editValue(draft, item, { flow, indent: indentBefore(draft.text, item.mark) }, tree);
  }
}

function editMapping(
  draft: Draft,
  node: YamlNode,
  slot: Slot,
  members: ReadonlyMap<string | number, ChangeTree>,
): void {
  const entries = entriesOf(node);
  const json: JsonObject = isJsonObject(node.json) ? node.json : {};
  const flow = isFlow(draft, node);
  const indent = indentBefore(draft.text, node.children[0]?.mark ?? node.start);
  const removed = new Set<Entry>();
  const added: [string, JsonValue][] = [];
  for (const [step, tree] of members) {
    const name = String(step);
    const sayer = sayerOf(entries, name);
    const entry = sayer.by === "entry" ? entries[sayer.index] : undefined;
    if (entry === undefined) {
      const old = Object.hasOwn(json, name) ? json[name] : undefined;
      const to = resultOf(old, tree);
      if (to !== undefined) added.push([name, to]);
      else if (old !== undefined) throw new CannotEdit("it comes from a mapping merged by <<");
    } else if (resultOf(entry.value.json, tree) === undefined) removed.add(entry);
    else editValue(draft, entry.value, { flow, indent, key: entry.key }, tree);
  }
  if (removed.size === 0 && added.length === 0) return;
  const changes: EntryChanges = { entries, removed, added };
  if (flow) editFlowMapping(draft, node, changes);
  else editBlockMapping(draft, node, slot, changes);
}
