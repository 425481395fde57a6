// What goes with a part of a block that is taken out: its lines, the comments on them and the deeper ones right below.
import type { YamlNode } from "../yaml/node.ts";
import { behindColon, type Draft, type Slot, splice } from "./draft.ts";
import {
  beginsLine,
  behindComment,
  indentBefore,
  lineStart,
  nextLine,
  skipDeeperComments,
} from "./lines.ts";

/** Behind the last line of a value (or of its key, where no value is written). */
export function behindLines(text: string, value: YamlNode, key: YamlNode = value): number {
  const at = nextLine(text, Math.max(value.end, key.end));
  if (!/^[|>][0-9]?\+|^[|>]\+/.test(text.slice(value.start, value.start + 3))) return at;
  // Its blank lines belong to the text.
  return at + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(at))?.[0].length ?? 0);
}

/**
 * The same, and behind the comment lines that go on with the value's: they are indented deeper than its key (or dash).
 * @param indent before the key or dash
 */
export function behindPart(
  text: string,
  indent: string,
  value: YamlNode,
  key: YamlNode = value,
): number {
  return skipDeeperComments(text, behindLines(text, value, key), indent);
}

/** Comment lines above it stay: whom they speak of is not known. @param mark where its key or dash stands */
export function removeLines(
  draft: Draft,
  mark: number,
  value: YamlNode,
  key: YamlNode = value,
): void {
  const { text } = draft;
  splice(draft, lineStart(text, mark), behindPart(text, indentBefore(text, mark), value, key), "");
}

/** Nothing is left of a block: brackets take its place, behind its key. */
export function emptyCollection(draft: Draft, node: YamlNode, slot: Slot, brackets: string): void {
  const { text } = draft;
  if (slot.key !== undefined && beginsLine(text, node.start)) {
    const behind = behindProperties(draft, slot.key, node);
    splice(draft, behind, behind, ` ${brackets}`);
    splice(draft, nextLine(text, behind), behindPart(text, slot.indent, node, slot.key), "");
    return;
  }
  splice(draft, node.start, behindComment(text, node.end), brackets);
}

/** Behind the key's colon, and the anchor and tag of its value. */
function behindProperties(draft: Draft, key: YamlNode, node: YamlNode): number {
  const colon = behindColon(draft, key);
  const properties = /^(?:[ \t]*[&!][^\s#]*)*/.exec(draft.text.slice(colon, node.start));
  return colon + (properties?.[0].length ?? 0);
}
