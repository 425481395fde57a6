// Comments that speak to secctx, and what each is about: the values that begin on its line, or on the next one below it.
import type { Position } from "../model/finding.ts";
import { documentsOf } from "./manifest.ts";
import { positionsOf } from "./positions.ts";
import type { DocumentTree } from "./sourceMap.ts";
import type { YamlNode } from "./yaml/node.ts";

export interface MarkedComment {
  /** Where its `#` stands. */
  readonly at: Position;
  /** Behind the mark, to the end of the line. */
  readonly text: string;
  /** Offsets of what it is about; equal where nothing begins on that line. */
  readonly from: number;
  readonly to: number;
}

/**
 * Every `# MARK …` of the text; what only looks like one inside of a string is none.
 * On a line of its own it speaks of the next line that has something on it.
 */
export function commentsMarked(text: string, mark: string): MarkedComment[] {
  if (!text.includes(mark)) return [];
  const trees = treesOf(text);
  const positions = positionsOf(text);
  const comments: MarkedComment[] = [];
  for (const match of text.matchAll(/(^|[ \t])#[ \t]*([\w-]+)([^\r\n]*)/gm)) {
    const [, before = "", word, rest = ""] = match;
    const offset = match.index + before.length;
    if (word !== mark || trees.some((tree) => isInScalar(tree, offset))) continue;
    const line = spokenOf(text, offset);
    const { from, to } = trees.map((tree) => spanAt(tree, line)).find(isSome) ?? NOTHING;
    comments.push({ at: positions.at(offset), text: rest.trim(), from, to });
  }
  return comments;
}

interface Span {
  readonly from: number;
  readonly to: number;
}
const NOTHING: Span = { from: 0, to: 0 };

function isSome(span: Span | undefined): span is Span {
  return span !== undefined;
}

function treesOf(text: string): DocumentTree[] {
  const trees: DocumentTree[] = [];
  for (const read of documentsOf(text, {})) {
    if (read !== "empty" && !("message" in read)) trees.push(read.tree);
  }
  return trees;
}

/** The comment's own line, or the next that is neither blank nor a comment. */
function spokenOf(text: string, offset: number): Span {
  let from = text.lastIndexOf("\n", offset - 1) + 1;
  let to = endOfLine(text, from);
  while (to < text.length && /^[ \t]*(?:#.*|---[ \t]*)?\r?$/.test(text.slice(from, to))) {
    from = to + 1;
    to = endOfLine(text, from);
  }
  return { from, to };
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}

function isInScalar({ root, offset }: DocumentTree, place: number): boolean {
  let node: YamlNode | undefined = root;
  while (node !== undefined) {
    const inside: YamlNode | undefined = node.children.find(
      ({ mark, end }) => offset + mark <= place && place < offset + end,
    );
    if (inside === undefined) return node.kind === "scalar" && offset + node.end > place;
    node = inside;
  }
  return false;
}

/** What begins on the line, as far out as possible: the document, a field with its value, an item of a list. */
function spanAt({ root, offset }: DocumentTree, line: Span): Span | undefined {
  const whole = { from: offset + root.mark, to: offset + root.end };
  if (root.kind !== "sequence" && beginsOn(line, whole)) return whole;
  return spanWithin(root, offset, line);
}

function spanWithin(node: YamlNode, offset: number, line: Span): Span | undefined {
  const begun = partsOf(node, offset).filter((part) => beginsOn(line, part));
  const [first] = begun;
  if (first !== undefined) return { from: first.from, to: Math.max(...begun.map(({ to }) => to)) };
  const around = node.children.find(
    ({ mark, end, kind }) =>
      kind !== "scalar" && offset + mark < line.to && line.from < offset + end,
  );
  return around === undefined ? undefined : spanWithin(around, offset, line);
}

function beginsOn(line: Span, { from }: Span): boolean {
  return line.from <= from && from < line.to;
}

/** The fields of a mapping, each from its key to the end of its value; the items of a list. */
function partsOf({ kind, children }: YamlNode, offset: number): Span[] {
  if (kind === "sequence") {
    return children.map(({ mark, end }) => ({ from: offset + mark, to: offset + end }));
  }
  const parts: Span[] = [];
  for (let index = 0; index + 1 < children.length; index += 2) {
    const [key, value] = children.slice(index, index + 2);
    if (key === undefined || value === undefined) continue;
    parts.push({ from: offset + key.mark, to: offset + Math.max(key.end, value.end) });
  }
  return parts;
}
