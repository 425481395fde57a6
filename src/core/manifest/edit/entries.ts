// The entries that a mapping writes itself, and what `<<` brings in.
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import { isMerge, mergedMaps } from "../yaml/decode.ts";
import { keyOf } from "../yaml/keys.ts";
import type { YamlNode } from "../yaml/node.ts";

export interface Entry {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** undefined: `<<`. */
  readonly name: string | undefined;
}

/** What is to be done with the entries of a mapping, besides changes inside its values. */
export interface EntryChanges {
  readonly entries: readonly Entry[];
  readonly removed: ReadonlySet<Entry>;
  readonly added: readonly (readonly [string, JsonValue])[];
}

export function entriesOf(mapping: YamlNode): Entry[] {
  const entries: Entry[] = [];
  for (let index = 0; index + 1 < mapping.children.length; index += 2) {
    const key = mapping.children[index];
    const value = mapping.children[index + 1];
    if (key === undefined || value === undefined) continue;
    const name = keyOf(key);
    entries.push({ key, value, name: isMerge(key) ? undefined : String(name) });
  }
  return entries;
}

/** Who says a member: an entry of the mapping's own, one that merges others, or nobody. */
export type Sayer =
  | { readonly by: "entry"; readonly index: number }
  | { readonly by: "merge"; readonly index: number }
  | { readonly by: "nobody" };

/** The last that says it, as the decoder lays them over each other. @param reading what a merged mapping reads as */
export function sayerOf(
  entries: readonly Entry[],
  name: string,
  reading: (map: YamlNode) => JsonValue,
): Sayer {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry?.name === name) return { by: "entry", index };
    if (entry === undefined || entry.name !== undefined) continue;
    const isMerged = mergedMaps(entry.value).some((map) => hasMember(reading(map), name));
    if (isMerged) return { by: "merge", index };
  }
  return { by: "nobody" };
}

function hasMember(json: JsonValue, name: string): boolean {
  return isJsonObject(json) && Object.hasOwn(json, name);
}
