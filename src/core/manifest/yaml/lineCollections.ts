// Collections that are read by lines: their JSON grows with them, since nothing in them is ever replaced.
import type { JsonValue } from "../../model/json.ts";
import { collectionNode, type YamlNode } from "./node.ts";

/** A collection that more may follow in. */
export interface LineCollection {
  readonly node: YamlNode;
  readonly children: YamlNode[];
  /** Of a mapping. */
  readonly members: Record<string, JsonValue>;
  /** Of a sequence. */
  readonly items: JsonValue[];
  /** Of a block: where its items begin on their lines. */
  readonly column: number;
  /** Of a block: behind the `:` or `-` whose value has not come yet; or NOTHING. */
  waiting: number;
}

export const NOTHING = -1;

export function lineCollection(
  kind: "mapping" | "sequence",
  start: number,
  column: number,
): LineCollection {
  const children: YamlNode[] = [];
  const members: Record<string, JsonValue> = {};
  const items: JsonValue[] = [];
  const node = collectionNode(kind, { mark: start, start, end: start }, children);
  node.json = kind === "mapping" ? members : items;
  return { node, children, members, items, column, waiting: NOTHING };
}

/** Whether it is a new one: of equal keys the last counts, and users are told. */
export function addKey({ node, children, members }: LineCollection, key: YamlNode): boolean {
  if (Object.hasOwn(members, key.text)) return false;
  children.push(key);
  count(node, key);
  return true;
}

/** An item, or what the last key stands for; `close` counts a collection, which may still grow. */
export function addValue(collection: LineCollection, value: YamlNode): void {
  const { node, children, members, items } = collection;
  if (node.kind === "sequence") items.push(value.json);
  else members[children.at(-1)?.text ?? ""] = value.json;
  children.push(value);
  if (!value.open) count(node, value);
}

/** `end` of a flow collection; a block ends with its last value. */
export function close({ node, children }: LineCollection, end?: number): YamlNode {
  node.end = end ?? children.at(-1)?.end ?? node.end;
  node.open = false;
  return node;
}

/** As decoding counts. */
export function count(collection: YamlNode, child: YamlNode): void {
  collection.operations += child.operations;
  collection.size += child.size;
}
