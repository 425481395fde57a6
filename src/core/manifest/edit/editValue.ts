// One value of a document → the splices that make of it what is wanted.
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { YamlNode } from "../yaml/node.ts";
import { editBlockMapping } from "./blockMapping.ts";
import { CannotEdit, type Draft, isFlow, type Slot } from "./draft.ts";
import { type Entry, type EntryChanges, entriesOf, sayerOf } from "./entries.ts";
import { editFlowMapping } from "./flowEntries.ts";
import { indentBefore } from "./lines.ts";
import { renamedKeys } from "./renamedKeys.ts";
import { replaceAlias, replaceValue } from "./replaceValue.ts";
import { editSequence } from "./sequence.ts";

/**
 * Only what differs is edited.
 * @throws CannotEdit
 */
export function editValue(draft: Draft, node: YamlNode, slot: Slot, to: JsonValue): void {
  if (sameJson(node.json, to)) return;
  if (node.kind === "alias") replaceAlias(draft, node, slot, to);
  else if (node.kind === "mapping" && isJsonObject(to) && node.children.length > 0) {
    editMapping(draft, node, slot, to);
  } else if (node.kind === "sequence" && Array.isArray(to) && node.children.length > 0) {
    editSequence(draft, node, slot, { to, edit: editValue });
  } else replaceValue(draft, node, slot, to);
}

function editMapping(draft: Draft, node: YamlNode, slot: Slot, to: JsonObject): void {
  const entries = entriesOf(node);
  const json: JsonObject = isJsonObject(node.json) ? node.json : {};
  const flow = isFlow(draft, node);
  const indent = indentBefore(draft.text, node.children[0]?.mark ?? node.start);
  const removed = new Set<Entry>();
  const added: [string, JsonValue][] = [];
  for (const name of Object.keys(json)) {
    if (Object.hasOwn(to, name)) continue;
    const entry = entryOf(entries, name);
    if (entry === undefined) throw new CannotEdit("it comes from a mapping merged by <<");
    removed.add(entry);
  }
  for (const [name, value] of Object.entries(to)) {
    if (Object.hasOwn(json, name) && sameJson(json[name], value)) continue;
    const entry = entryOf(entries, name);
    if (entry === undefined) added.push([name, value]);
    else editValue(draft, entry.value, { flow, indent, key: entry.key }, value);
  }
  for (const [{ key, value }, wanted] of renamedKeys(draft, removed, added)) {
    editValue(draft, value, { flow, indent, key }, wanted);
  }
  if (removed.size === 0 && added.length === 0) return;
  const changes: EntryChanges = { entries, removed, added };
  if (flow) editFlowMapping(draft, node, changes);
  else editBlockMapping(draft, node, slot, changes);
}

/** The mapping's own entry that says the member; undefined where it is merged, or nowhere. */
function entryOf(entries: readonly Entry[], name: string): Entry | undefined {
  const sayer = sayerOf(entries, name);
  return sayer.by === "entry" ? entries[sayer.index] : undefined;
}
