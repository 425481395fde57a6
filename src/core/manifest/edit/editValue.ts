// One value of a document → the splices that make of it what is wanted.
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { mergedMaps } from "../yaml/decode.ts";
import type { YamlNode } from "../yaml/node.ts";
import { editBlockMapping } from "./blockMapping.ts";
import { type Draft, isFlow, type Slot } from "./draft.ts";
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
  if (sameJson(draft.readings.unedited(node), to)) return;
  if (node.kind === "alias") replaceAlias(draft, node, slot, to);
  else if (node.kind === "mapping" && isJsonObject(to) && node.children.length > 0) {
    editMapping(draft, node, slot, to);
  } else if (node.kind === "sequence" && Array.isArray(to) && node.children.length > 0) {
    editSequence(draft, node, slot, { to, edit: editValue });
  } else replaceValue(draft, node, slot, to);
}

function editMapping(draft: Draft, node: YamlNode, slot: Slot, to: JsonObject): void {
  const { readings } = draft;
  const entries = entriesOf(node);
  const flow = isFlow(draft, node);
  const indent = indentBefore(draft.text, node.children[0]?.mark ?? node.start);
  const removed = unmerged(draft, node, entries, to);
  const rest = entries.filter((entry) => !removed.has(entry));
  const added: [string, JsonValue][] = [];
  for (const entry of rest) {
    if (entry.name !== undefined && !Object.hasOwn(to, entry.name)) removed.add(entry);
  }
  const json = readings.together(rest);
  // By a later merge: they would be there twice.
  const hidden: Entry[] = [];
  for (const [name, value] of Object.entries(to)) {
    if (Object.hasOwn(json, name) && sameJson(json[name], value)) continue;
    const sayer = sayerOf(rest, name, readings.edited);
    const entry = sayer.by === "entry" ? rest[sayer.index] : undefined;
    if (entry === undefined) {
      added.push([name, value]);
      if (sayer.by === "merge") takeOver(draft, node, rest[sayer.index]);
      hidden.push(...rest.filter((other) => other.name === name));
    } else editValue(draft, entry.value, { flow, indent, key: entry.key }, value);
  }
  for (const [{ key, value }, wanted] of renamedKeys(draft, removed, added)) {
    editValue(draft, value, { flow, indent, key }, wanted);
  }
  for (const entry of hidden) removed.add(entry);
  if (removed.size === 0 && added.length === 0) return;
  const changes: EntryChanges = { entries, removed, added };
  if (flow) editFlowMapping(draft, node, changes);
  else editBlockMapping(draft, node, slot, changes);
}

/** The `<<` that bring in what must not be there: the rest of them is written out. */
function unmerged(
  draft: Draft,
  node: YamlNode,
  entries: readonly Entry[],
  to: JsonObject,
): Set<Entry> {
  const { edited } = draft.readings;
  const bringsTooMuch = (map: YamlNode) => {
    const json = edited(map);
    return isJsonObject(json) && Object.keys(json).some((name) => !Object.hasOwn(to, name));
  };
  const gone = entries.filter(
    ({ name, value }) => name === undefined && mergedMaps(value).some(bringsTooMuch),
  );
  for (const entry of gone) takeOver(draft, node, entry);
  return new Set(gone);
}

function takeOver({ unshared }: Draft, node: YamlNode, merge: Entry | undefined): void {
  const { value } = merge ?? {};
  const alias = value?.kind === "sequence" ? value.children.find(isAlias) : value;
  if (alias !== undefined && isAlias(alias)) unshared.set(node, alias.text);
}

function isAlias({ kind }: YamlNode): boolean {
  return kind === "alias";
}
