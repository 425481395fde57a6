// Where a value of a document stands in the text: through aliases and merges, to where it is really written.
import type { FieldPath, Position, Range } from "../model/finding.ts";
import { excerptOf } from "./excerpt.ts";
import type { Positions } from "./positions.ts";
import { isMerge, mergedMaps } from "./yaml/decode.ts";
import { keyOf } from "./yaml/keys.ts";
import type { YamlNode } from "./yaml/node.ts";

export interface SourceMap {
  /** Where the value at `path` (from the document's root) stands; of an absent one, nothing. */
  range(path: FieldPath): Range | undefined;
  /** Where its key stands, for a value of an object. */
  key(path: FieldPath): Range | undefined;
  /** The key at `path`, or the item of a list there; of what is not written the nearest part of the path that is. */
  nearest(path: FieldPath): Range | undefined;
  /** Where the document begins. */
  begin(): Position | undefined;
  /** The lines up to a place, with a caret under it. */
  excerpt(place: Position): string;
  /** The document itself, to be edited; undefined where it cannot be read again. */
  source(): { readonly positions: Positions; readonly tree: DocumentTree } | undefined;
}

export interface DocumentTree {
  readonly root: YamlNode;
  /** Of the document's text in the whole; offsets of nodes count from it. */
  readonly offset: number;
  /** Where the document ends in the whole. */
  readonly end: number;
  /** Read as JSON, not as YAML. */
  readonly json: boolean;
}

/** `tree` is called when a place is first asked for: a large document is read again then, rather than kept. */
export function sourceMapOf(positions: Positions, tree: () => DocumentTree | undefined): SourceMap {
  let known: DocumentTree | undefined;
  function find(path: FieldPath): { readonly entry: Entry; readonly offset: number } | undefined {
    known ??= tree();
    if (known === undefined) return undefined;
    const entry = entryAt(known.root, path);
    return entry === undefined ? undefined : { entry, offset: known.offset };
  }
  function rangeOf(node: YamlNode, offset: number): Range {
    return { start: positions.at(offset + node.start), end: positions.at(offset + node.end) };
  }
  return {
    source() {
      known ??= tree();
      return known === undefined ? undefined : { positions, tree: known };
    },
    range(path) {
      const found = find(path);
      return found === undefined ? undefined : rangeOf(found.entry.value, found.offset);
    },
    key(path) {
      const found = find(path);
      const key = found?.entry.key;
      return found === undefined || key === undefined ? undefined : rangeOf(key, found.offset);
    },
    nearest(path) {
      known ??= tree();
      if (known === undefined) return undefined;
      const { key, value } = nearestEntry(known.root, path);
      return rangeOf(key ?? value, known.offset);
    },
    begin() {
      known ??= tree();
      if (known === undefined) return undefined;
      const { root, offset } = known;
      return positions.at(offset + (root.target ?? root).start);
    },
    excerpt: (place) => excerptOf(positions, place),
  };
}

interface Entry {
  readonly key: YamlNode | undefined;
  /** Never an alias. */
  readonly value: YamlNode;
}

function entryAt(root: YamlNode, path: FieldPath): Entry | undefined {
  let entry: Entry | undefined = rootEntry(root);
  for (const step of path) {
    entry = entryIn(entry.value, step);
    if (entry === undefined) return undefined;
  }
  return entry;
}

function nearestEntry(root: YamlNode, path: FieldPath): Entry {
  let entry = rootEntry(root);
  for (const step of path) {
    const next = entryIn(entry.value, step);
    if (next === undefined) return entry;
    entry = next;
  }
  return entry;
}

function rootEntry(root: YamlNode): Entry {
  return { key: undefined, value: root.target ?? root };
}

function entryIn(value: YamlNode, step: string | number): Entry | undefined {
  if (value.kind === "mapping") return member(value, String(step));
  return value.kind === "sequence" ? item(value, step) : undefined;
}

function item(sequence: YamlNode, step: string | number): Entry | undefined {
  const value = typeof step === "number" ? sequence.children[step] : undefined;
  return value === undefined ? undefined : { key: undefined, value: value.target ?? value };
}

/** The last that says it, as the decoder lays them over each other. */
function member(mapping: YamlNode, name: string): Entry | undefined {
  const { children } = mapping;
  for (let index = children.length - 2; index >= 0; index -= 2) {
    const key = children[index];
    const value = children[index + 1];
    if (key === undefined || value === undefined) return undefined;
    if (!isMerge(key)) {
      if (keyOf(key) === name) return { key, value: value.target ?? value };
      continue;
    }
    for (const map of mergedMaps(value).toReversed()) {
      const found = member(map, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
