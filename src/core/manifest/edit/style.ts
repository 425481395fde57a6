// How a document is written: what most of it does, so that what is added looks like it.
import type { YamlNode } from "../yaml/node.ts";
import { indentBefore, indentOfLine } from "./lines.ts";

export interface Style {
  /** Keys and texts stand in double quotes, and there are no blocks. */
  readonly json: boolean;
  readonly eol: string;
  /** One more level of indentation. */
  readonly step: string;
  /** What stands before a dash beyond its key's indentation. */
  readonly dash: string;
  /** Lists of scalars are written `[a, b]`. */
  readonly flowLists: boolean;
  /** Around texts in lists. */
  readonly quote: string;
  /** Inside `{ }`. */
  readonly pad: string;
  /** Behind the colon in `{a: b}`, behind the comma. */
  readonly gap: string;
  /** JSON with a line for each member. */
  readonly lines: boolean;
}

interface Votes {
  readonly step: Map<string, number>;
  readonly dash: Map<string, number>;
  readonly list: Map<string, number>;
  readonly quote: Map<string, number>;
  readonly pad: Map<string, number>;
  readonly gap: Map<string, number>;
}

export function styleOf(text: string, root: YamlNode, json: boolean): Style {
  const votes: Votes = {
    step: new Map(),
    dash: new Map(),
    list: new Map(),
    quote: new Map(),
    pad: new Map(),
    gap: new Map(),
  };
  const waiting: YamlNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "mapping") askMapping(votes, text, node);
    else if (node.kind === "sequence") askSequence(votes, text, node);
    for (const child of node.children) waiting.push(child);
  }
  return {
    json,
    eol: /\r?\n/.exec(text)?.[0] ?? "\n",
    step: most(votes.step, "  "),
    dash: most(votes.dash, most(votes.step, "  ")),
    flowLists: most(votes.list, "block") === "flow",
    quote: most(votes.quote, ""),
    pad: most(votes.pad, json ? "" : " "),
    gap: most(votes.gap, " "),
    lines: json && /^\{\s*?\n/.test(text.slice(root.start)),
  };
}

function askMapping(votes: Votes, text: string, node: YamlNode): void {
  const { children } = node;
  const [first] = children;
  if (first === undefined) return;
  if (text[node.start] === "{") {
    const inside = text.slice(node.start + 1, first.mark);
    if (inside.includes("\n")) {
      vote(votes.step, extra(indentOfLine(text, first.mark), indentOfLine(text, node.start)));
    } else vote(votes.pad, inside);
    vote(votes.gap, text.slice(first.end, children[1]?.start).replace(/^\s*:/, ""));
    return;
  }
  const indent = indentBefore(text, first.mark);
  for (let index = 1; index < children.length; index += 2) {
    const value = children[index];
    if (value === undefined || value.kind === "alias" || value.children.length === 0) continue;
    const open = text[value.start];
    if (open === "{" || open === "[") continue;
    const deeper = indentBefore(text, value.start);
    if (value.kind === "mapping") vote(votes.step, extra(deeper, indent));
    if (value.kind === "sequence") vote(votes.dash, extra(deeper, indent) ?? "");
  }
}

function askSequence(votes: Votes, text: string, { start, children }: YamlNode): void {
  if (!children.some((item) => item.kind === "scalar")) return;
  const flow = text[start] === "[";
  vote(votes.list, flow ? "flow" : "block");
  for (const item of children) {
    if (typeof item.json !== "string" || item.kind !== "scalar") continue;
    const first = text[item.start];
    vote(votes.quote, first === '"' || first === "'" ? first : "");
  }
}

function extra(deeper: string, indent: string): string | undefined {
  if (!deeper.startsWith(indent) || deeper.length === indent.length) return undefined;
  return deeper.slice(indent.length);
}

function vote(votes: Map<string, number>, value: string | undefined): void {
  if (value === undefined || !/^[ \t]*$|^["']$|^[a-z]+$/.test(value)) return;
  votes.set(value, (votes.get(value) ?? 0) + 1);
}

/** Of a tie, the one that was seen first. */
function most(votes: ReadonlyMap<string, number>, otherwise: string): string {
  let winner: readonly [string, number] = [otherwise, 0];
  for (const one of votes) if (one[1] > winner[1]) winner = one;
  return winner[0];
}
