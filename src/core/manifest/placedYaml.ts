// A YAML text that is no manifest (a configuration), with the place of every value.
import type { FieldPath, Position } from "../model/finding.ts";
import type { JsonValue } from "../model/json.ts";
import { excerptOf } from "./excerpt.ts";
import { documentsOf } from "./manifest.ts";
import { positionsOf } from "./positions.ts";
import { sourceMapOf } from "./sourceMap.ts";

export interface PlacedYaml {
  /** Of the first document; null for an empty text. */
  readonly value: JsonValue;
  /** Where its key stands, else the value itself, else the nearest written part. */
  placeOf(path: FieldPath): Position;
  excerpt(place: Position): string;
}

/** A text that is no YAML: its place is in the message's own numbers. */
export interface UnreadableYaml {
  readonly message: string;
  readonly place: Position;
  readonly excerpt: string;
}

export function readPlacedYaml(text: string): PlacedYaml | UnreadableYaml {
  const positions = positionsOf(text);
  const excerpt = (place: Position): string => excerptOf(positions, place);
  for (const read of documentsOf(text, {})) {
    if (read === "empty") continue;
    if ("message" in read) {
      const place = positions.at(Math.min(read.offset, text.length));
      return { message: read.message, place, excerpt: excerpt(place) };
    }
    const { tree } = read;
    const map = sourceMapOf(positions, () => tree);
    return {
      value: tree.root.json,
      excerpt,
      placeOf(path) {
        for (let end = path.length; end >= 0; end -= 1) {
          const at = path.slice(0, end);
          const range = map.key(at) ?? map.range(at);
          if (range !== undefined) return range.start;
        }
        return positions.at(0);
      },
    };
  }
  return { value: null, excerpt, placeOf: () => positions.at(0) };
}
