// Every comment of a text with what it speaks of, to tell that an edit left each where it belongs.
import assert from "node:assert/strict";
import { documentsOf } from "../src/core/manifest/manifest.ts";
import { keyOf } from "../src/core/manifest/yaml/keys.ts";
import type { YamlNode } from "../src/core/manifest/yaml/node.ts";

export interface OwnedComment {
  readonly text: string;
  /** On a line of its own, or behind the bracket that opens what it speaks of. */
  readonly alone: boolean;
  /** What is written last before it, and what is written next: paths in which items of lists go by name or value. */
  readonly follows: string;
  readonly precedes: string;
}
interface Written {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly isScalar: boolean;
}
interface Collecting {
  readonly text: string;
  readonly offset: number;
  readonly into: Written[];
}

export interface OwnedComments {
  readonly comments: readonly OwnedComment[];
  readonly paths: ReadonlySet<string>;
}

export function commentOwners(text: string): OwnedComments {
  const written: Written[] = [];
  let document = 0;
  for (const read of documentsOf(text, {})) {
    if (read !== "empty" && !("message" in read)) {
      const { root, offset } = read.tree;
      collect(root, `${document}`, { text, offset, into: written });
    }
    document += 1;
  }
  written.sort((a, b) => a.start - b.start || a.end - b.end);
  // Behind a closing bracket it speaks of all that stands inside.
  const ended = written.toSorted((a, b) => a.end - b.end || b.start - a.start);
  const comments: OwnedComment[] = [];
  let at = 0;
  let last = 0;
  let scalarEnd = 0;
  for (const match of text.matchAll(/(^|[ \t])#[^\r\n]*/gm)) {
    const offset = match.index + (match[1] ?? "").length;
    for (let one = written[at]; one !== undefined && one.start <= offset; one = written[at]) {
      if (one.isScalar) scalarEnd = Math.max(scalarEnd, one.end);
      at += 1;
    }
    if (scalarEnd > offset) continue;
    while (last < ended.length && (ended[last]?.end ?? 0) <= offset) last += 1;
    const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
    // Behind the mark of a document it speaks of what comes.
    const follows = line.startsWith("---") ? "" : (ended[last - 1]?.path ?? "");
    comments.push({
      text: text.slice(offset, match.index + match[0].length).trimEnd(),
      alone: line.trim() === "" || /[[{]\s*$/.test(line),
      follows,
      precedes: written[at]?.path ?? "",
    });
  }
  return { comments, paths: new Set(written.map(({ path }) => path)) };
}

/** Keys, scalars, aliases and what stands in brackets. */
function collect(node: YamlNode, path: string, collecting: Collecting): void {
  const { text, offset, into } = collecting;
  const place = (one: YamlNode, of: string) => {
    const [start, end] = [offset + one.mark, offset + one.end];
    into.push({ path: of, start, end, isScalar: one.kind === "scalar" });
  };
  if (node.end > node.start && (node.kind === "scalar" || node.kind === "alias")) place(node, path);
  else if (/[[{]/.test(text[offset + node.start] ?? "")) place(node, path);
  if (node.kind === "mapping") {
    for (let index = 0; index + 1 < node.children.length; index += 2) {
      const [key, value] = node.children.slice(index, index + 2);
      if (key === undefined || value === undefined) continue;
      const own = `${path}/${String(keyOf(key)).toLowerCase()}`;
      place(key, own);
      collect(value, own, collecting);
    }
  } else if (node.kind === "sequence") {
    const seen = new Map<string, number>();
    for (const [index, item] of node.children.entries()) {
      const label = labelOf(item, index);
      const times = seen.get(label) ?? 0;
      seen.set(label, times + 1);
      collect(item, `${path}/${label}${times === 0 ? "" : `~${times}`}`, collecting);
    }
  }
}

function labelOf({ json }: YamlNode, index: number): string {
  if (typeof json === "string") return json.toUpperCase().replace(/^CAP_/, "");
  const name = (json as { readonly name?: unknown } | null)?.name;
  return typeof name === "string" ? name : `${index}`;
}

/** No comment comes from nowhere or changes hands, and none is lost but with what it spoke of. */
export function checkComments(before: string, after: string, says = ""): void {
  const [old, now] = [commentOwners(before), commentOwners(after)];
  const left = [...now.comments];
  const lost = old.comments.filter((comment) => !took(left, (one) => isSame(comment, one)));
  for (const { text, alone, follows, precedes } of lost) {
    const where = `${says}${text} has moved or is gone: ${follows} | ${precedes}`;
    // Of a word that is there twice, one may go.
    const isOrphan =
      !now.paths.has(follows) ||
      old.paths.has(`${follows}~1`) ||
      (alone && !now.paths.has(precedes));
    assert.ok(isOrphan, where);
    took(left, (one) => one.alone === alone && one.text === text);
  }
  assert.deepEqual(left, [], `${says}comments of others, or of nobody`);
}

function isSame(one: OwnedComment, other: OwnedComment): boolean {
  if (one.text !== other.text || one.alone !== other.alone) return false;
  return one.follows === other.follows || (one.alone && one.precedes === other.precedes);
}

/** Takes the first of them out of the list. */
function took(list: OwnedComment[], isIt: (one: OwnedComment) => boolean): boolean {
  const index = list.findIndex(isIt);
  if (index !== -1) list.splice(index, 1);
  return index !== -1;
}
