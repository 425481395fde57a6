// Keys that a mapping has twice: the last wins, and Kubernetes warns of them.
import type { FieldPath } from "../../model/finding.ts";
import type { JsonValue } from "../../model/json.ts";
import type { Decoder } from "./decoder.ts";
import { isSameKey, keyOf } from "./keys.ts";
import type { YamlNode } from "./node.ts";

/** Nobody reads more. */
const MOST = 100;

export interface Repetition {
  readonly node: YamlNode;
  /** The collections around it, the outermost first. */
  readonly parents: readonly { readonly node: YamlNode }[];
  /** Of the key among the children. */
  readonly index: number;
}

/** A key that `members` has already is written again. */
export function noteRepeatedKey(decoder: Decoder, { node, parents, index }: Repetition): void {
  const key = node.children[index];
  const value = node.children[index + 1];
  decoder.searches += 1;
  if (key === undefined || value === undefined || decoder.searches > MOST) return;
  const name = keyOf(key);
  if (typeof name !== "string") return;
  const earlier = node.children.find(
    (other, at) => at < index && at % 2 === 0 && keyOf(other) === name && isSameKey(other, key),
  );
  // Without an earlier one of its own, it lies over a merged one.
  const merged = earlier === undefined;
  if (merged && !node.children.slice(0, index).some((other) => other.text === "<<")) return;
  note(decoder, { path: [...pathOf(parents), name], key, value, merged });
}

/** `<<` lays a mapping over `members`. */
export function noteMergedKeys(
  decoder: Decoder,
  { node, parents, index }: Repetition,
  map: YamlNode,
  members: Readonly<Record<string, JsonValue>>,
): void {
  const merge = node.children[index];
  if (merge === undefined || decoder.duplicates.length >= MOST) return;
  for (let at = 0; at + 1 < map.children.length; at += 2) {
    const name = keyOf(map.children[at] ?? merge);
    const value = map.children[at + 1];
    if (typeof name !== "string" || value === undefined || !Object.hasOwn(members, name)) continue;
    note(decoder, { path: [...pathOf(parents), name], key: merge, value, merged: true });
  }
}

interface Note {
  readonly path: FieldPath;
  readonly key: YamlNode;
  readonly value: YamlNode;
  readonly merged: boolean;
}

function note(decoder: Decoder, { path, key, value, merged }: Note): void {
  if (decoder.duplicates.length >= MOST) return;
  decoder.duplicates.push({ path, start: key.start, end: key.end, value: value.mark, merged });
}

/** Where the collection stands that is inside all of them. */
function pathOf(parents: Repetition["parents"]): (string | number)[] {
  return parents.map(({ node }) => {
    const { children } = node;
    if (node.kind === "sequence") return children.length - 1;
    const key = children[children.length - 2];
    const name = key === undefined ? "" : keyOf(key);
    return typeof name === "string" ? name : "";
  });
}
