// What stands in a document: each value with its place in the text.
import type { JsonValue } from "../../model/json.ts";

export type NodeKind = "scalar" | "sequence" | "mapping" | "alias";

/** Offsets count UTF-16 units from the start of the document's text. */
export interface YamlNode {
  readonly kind: NodeKind;
  /** Where its anchor or tag begins, or the value itself; of a key behind `?`, the `?`. */
  readonly mark: number;
  /** Where the value itself begins. */
  readonly start: number;
  /** Behind its last character; of a block, behind its last value. */
  end: number;
  /** In full (`tag:yaml.org,2002:str`); empty without one. */
  readonly tag: string;
  /** A scalar's text, an alias' name. */
  readonly text: string;
  /** Plain without a tag (or with the tag `!`): its text decides its type. */
  readonly implicit: boolean;
  /** Items; of a mapping, keys and values in turn. */
  readonly children: readonly YamlNode[];
  /** What an alias stands for. */
  readonly target: YamlNode | undefined;
  /** Still being read: an alias to it would contain itself. */
  open: boolean;
  json: JsonValue;
  /** Values that decoding it takes, aliases followed. */
  operations: number;
  /** About the length of its JSON, aliases followed. */
  size: number;
}

export const NO_CHILDREN: readonly YamlNode[] = [];

export type Place = Pick<YamlNode, "mark" | "start" | "end">;

export function scalarNode(place: Place, text: string, tag: string, implicit: boolean): YamlNode {
  return {
    kind: "scalar",
    mark: place.mark,
    start: place.start,
    end: place.end,
    tag,
    text,
    implicit,
    children: NO_CHILDREN,
    target: undefined,
    open: false,
    json: null,
    operations: 1,
    size: 0,
  };
}

/** Still open, its items to follow. */
export function collectionNode(
  kind: "sequence" | "mapping",
  place: Place,
  children: readonly YamlNode[],
  tag = "",
): YamlNode {
  return {
    kind,
    mark: place.mark,
    start: place.start,
    end: place.end,
    tag,
    text: "",
    implicit: false,
    children,
    target: undefined,
    open: true,
    json: null,
    operations: 1,
    size: 2,
  };
}
