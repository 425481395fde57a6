// What a value of the text reads as once the anchors that it uses have become what they are to be.

import type { FieldPath } from "../../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { valueAt } from "../workloads.ts";
import { mergedMaps } from "../yaml/decode.ts";
import type { YamlNode } from "../yaml/node.ts";
import { type Entry, entriesOf } from "./entries.ts";

/** Where everything stands that an alias stands for, but for what nothing reads where it stands. */
export type OwnPaths = ReadonlyMap<YamlNode, FieldPath>;

/** Empty where the document has no alias. Asked for each of thousands of pods of one document. */
export function anchoredPaths(root: YamlNode): OwnPaths {
  let paths = PATHS.get(root);
  if (paths === undefined) {
    paths = anchoredIn(root);
    PATHS.set(root, paths);
  }
  return paths;
}

const PATHS = new WeakMap<YamlNode, OwnPaths>();

function anchoredIn(root: YamlNode): OwnPaths {
  const targets = new Set<YamlNode>();
  const all = [root];
  for (let node = all.pop(); node !== undefined; node = all.pop()) {
    if (node.target !== undefined) targets.add(node.target);
    for (const child of node.children) all.push(child);
  }
  return new Map(placesOf(root, targets));
}

/** What has fields of its own now that an anchor brought, since others use it too; with the anchor's name. */
export type Unshared = Map<YamlNode, string>;

/** With their paths, in the order of the text. */
export function unsharedPaths(root: YamlNode, unshared: Unshared): UnsharedPath[] {
  const places = placesOf(root, unshared).toSorted(([a], [b]) => a.start - b.start);
  return places.map(([node, path]) => ({ path, anchor: unshared.get(node) ?? "" }));
}
export interface UnsharedPath {
  /** From the document's root. */
  readonly path: FieldPath;
  readonly anchor: string;
}

interface Nodes {
  readonly size: number;
  readonly has: (node: YamlNode) => boolean;
}

function placesOf(root: YamlNode, nodes: Nodes): [YamlNode, FieldPath][] {
  const places: [YamlNode, FieldPath][] = [];
  if (nodes.size === 0) return places;
  const waiting: [YamlNode, FieldPath][] = [[root, []]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, path] = next;
    if (nodes.has(node)) places.push(next);
    if (node.kind === "sequence") {
      for (const [index, child] of node.children.entries()) waiting.push([child, [...path, index]]);
    }
    if (node.kind !== "mapping") continue;
    for (const [name, value] of readEntries(node)) waiting.push([value, [...path, name]]);
  }
  return places;
}

/** Of a mapping's own entries those that no later one, own or merged, takes the place of. */
function readEntries(mapping: YamlNode): ReadonlyMap<string, YamlNode> {
  const own = new Map<string, YamlNode>();
  for (const { name, value } of entriesOf(mapping)) {
    if (name !== undefined) own.set(name, value);
    else {
      for (const { json } of mergedMaps(value)) {
        for (const merged of isJsonObject(json) ? Object.keys(json) : []) own.delete(merged);
      }
    }
  }
  return own;
}

/** What a text says, if only what its aliases stand for is edited. */
export type Reading = (node: YamlNode) => JsonValue;

export interface Readings {
  /** Of a value that is not edited itself. */
  readonly unedited: Reading;
  /** Of what an alias stands for, or a mapping that is merged: edited where it stands. */
  readonly edited: Reading;
  /** Of some entries of a mapping, as one. */
  readonly together: (entries: readonly Entry[]) => JsonObject;
}

/** Of an anchor that is taken out: nothing that anybody wants. */
const GONE: JsonObject = { "\0gone": true };

/** @param wanted the whole document as it is to be */
export function readingsOf(wanted: JsonValue, paths: OwnPaths): Readings {
  const known = new Map<YamlNode, JsonValue>();
  function unedited(node: YamlNode): JsonValue {
    if (paths.size === 0) return node.json;
    const json = known.get(node) ?? read(node);
    known.set(node, json);
    return json;
  }
  function edited(node: YamlNode): JsonValue {
    const path = paths.get(node);
    if (path === undefined) return unedited(node);
    const json = valueAt(wanted, path);
    if (typeof path.at(-1) === "number" && !sameJson(json, node.json)) {
      // An item may have another place now.
      const list = valueAt(wanted, path.slice(0, -1));
      const own = unedited(node);
      if (Array.isArray(list) && list.some((item) => sameJson(item, own))) return own;
    }
    return json === undefined ? GONE : json;
  }
  function read(node: YamlNode): JsonValue {
    if (node.target !== undefined) return edited(node.target);
    if (node.kind === "mapping") return together(entriesOf(node), true) ?? node.json;
    if (node.kind !== "sequence") return node.json;
    const items = node.children.map(unedited);
    return items.every((item, index) => item === node.children[index]?.json) ? node.json : items;
  }
  function together(entries: readonly Entry[], onlyChanged = false): JsonObject | undefined {
    const members: [string, JsonValue][] = [];
    let isChanged = !onlyChanged;
    for (const { value, name } of entries) {
      if (name !== undefined) {
        members.push([name, unedited(value)]);
        isChanged ||= unedited(value) !== value.json;
        continue;
      }
      for (const map of mergedMaps(value)) {
        const json = edited(map);
        isChanged ||= json !== map.json;
        if (isJsonObject(json)) members.push(...Object.entries(json));
      }
    }
    return isChanged ? Object.fromEntries(members) : undefined;
  }
  return { unedited, edited, together: (entries) => together(entries) ?? {} };
}
