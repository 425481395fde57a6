// How a document is written: what most of it does, so that what is added looks like it.
import type { YamlNode } from "../yaml/node.ts";
import { resolveScalar } from "../yaml/resolve.ts";
import { indentBefore, indentOfLine, lineStart } from "./lines.ts";
import { PLAIN } from "./render.ts";

export interface Style {
  /** Keys and texts stand in double quotes, and there are no blocks. */
  readonly json: boolean;
  readonly eol: string;
  /** One more level of indentation. */
  readonly step: string;
  /** What stands before a dash beyond its key's indentation: in lists of texts, if there are some. */
  readonly dash: string;
  /** Lists of scalars are written `[a, b]`. */
  readonly flowLists: boolean;
  /** Around texts in lists. */
  readonly quote: string;
  /** Around texts that are values of keys. */
  readonly valueQuote: string;
  /** The dash of an item, and what stands behind it. */
  readonly item: string;
  /** Inside `{ }`, inside `[ ]`. */
  readonly pad: string;
  readonly listPad: string;
  /** Behind a comma. */
  readonly gap: string;
  /** Between key and value in `{a: b}`. */
  readonly colon: string;
  /** JSON with a line for each member; and for each item of a list of texts. */
  readonly lines: boolean;
  readonly listLines: boolean;
}

const ASKED = [
  "step",
  "dash",
  "textDash",
  "item",
  "list",
  "quote",
  "valueQuote",
  "pad",
  "listPad",
  "gap",
  "colon",
] as const;
type Votes = Readonly<Record<(typeof ASKED)[number], Map<string, number>>>;

export function styleOf(text: string, root: YamlNode, json: boolean): Style {
  const votes = noVotes();
  const waiting: YamlNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "mapping") askMapping(votes, text, node);
    else if (node.kind === "sequence") askSequence(votes, text, node);
    for (const child of node.children) waiting.push(child);
  }
  const valueQuote = most(votes.valueQuote, "none").replace("none", "");
  const lines = json && /^\{\s*?\n/.test(text.slice(root.start));
  return {
    json,
    eol: /\r?\n/.exec(text)?.[0] ?? "\n",
    step: most(votes.step, "  "),
    dash: most(votes.textDash, most(votes.dash, most(votes.step, "  "))),
    flowLists: most(votes.list, "block") !== "block",
    quote: most(votes.quote, valueQuote),
    valueQuote,
    item: most(votes.item, "- "),
    pad: most(votes.pad, json ? "" : " "),
    listPad: most(votes.listPad, ""),
    gap: most(votes.gap, " "),
    colon: most(votes.colon, ": "),
    lines,
    listLines: lines && most(votes.list, "lines") === "lines",
  };
}

/** The style around, and what these brackets say themselves. */
export function styleWithin(text: string, node: YamlNode, around: Style): Style {
  const votes = noVotes();
  askMapping(votes, text, node);
  return {
    ...around,
    pad: most(votes.pad, around.pad),
    gap: most(votes.gap, around.gap),
    colon: most(votes.colon, around.colon),
    lines: around.lines && isSpread(text, node),
    listLines: around.listLines && isSpread(text, node),
  };
}

/** Does each entry have a line? */
export function isSpread(text: string, { start, children }: YamlNode): boolean {
  return text.slice(start, children[0]?.mark ?? start).includes("\n");
}

function noVotes(): Votes {
  return Object.fromEntries(ASKED.map((name) => [name, new Map()])) as unknown as Votes;
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
    vote(votes.colon, text.slice(first.end, children[1]?.mark));
    askValues(votes, text, children);
    const comma = text.slice(children[1]?.end, children[2]?.mark);
    if (comma.startsWith(",")) vote(votes.gap, comma.slice(1));
    return;
  }
  askValues(votes, text, children);
  const indent = indentBefore(text, first.mark);
  for (let index = 1; index < children.length; index += 2) {
    const value = children[index];
    if (value === undefined || value.kind === "alias" || value.children.length === 0) continue;
    const open = text[value.start];
    if (open === "{" || open === "[") continue;
    const deeper = indentBefore(text, value.start);
    if (value.kind === "mapping") vote(votes.step, extra(deeper, indent));
    if (value.kind !== "sequence") continue;
    const isOfTexts = value.children.every((item) => item.kind === "scalar");
    vote(isOfTexts ? votes.textDash : votes.dash, extra(deeper, indent) ?? "");
  }
}

/** Only texts that need no quotes say whether they are written with some. */
function askValues(votes: Votes, text: string, children: readonly YamlNode[]): void {
  for (let index = 1; index < children.length; index += 2) {
    const value = children[index];
    if (typeof value?.json !== "string" || value.kind !== "scalar" || !needsNone(value)) continue;
    const first = text[value.start];
    vote(votes.valueQuote, first === '"' || first === "'" ? first : "none");
  }
}

function needsNone({ text }: YamlNode): boolean {
  return PLAIN.test(text) && resolveScalar("", text, true) === text;
}

function askSequence(votes: Votes, text: string, node: YamlNode): void {
  const { start, children } = node;
  const flow = text[start] === "[";
  const [first, second] = children;
  if (first === undefined) return;
  if (!flow) for (const item of children) vote(votes.item, dashBefore(text, item));
  else if (!isSpread(text, node)) vote(votes.listPad, text.slice(start + 1, first.mark));
  const comma = text.slice(first.end, second?.mark);
  if (flow && comma.startsWith(",")) vote(votes.gap, comma.slice(1));
  if (!children.some((item) => item.kind === "scalar")) return;
  vote(votes.list, flow ? (isSpread(text, node) ? "lines" : "flow") : "block");
  for (const item of children) {
    if (typeof item.json !== "string" || item.kind !== "scalar" || !needsNone(item)) continue;
    const first = text[item.start];
    vote(votes.quote, first === '"' || first === "'" ? first : "");
  }
}

function dashBefore(text: string, item: YamlNode): string | undefined {
  return /-[ \t]+$/.exec(text.slice(lineStart(text, item.mark), item.mark))?.[0];
}

function extra(deeper: string, indent: string): string | undefined {
  if (!deeper.startsWith(indent) || deeper.length === indent.length) return undefined;
  return deeper.slice(indent.length);
}

function vote(votes: Map<string, number>, value: string | undefined): void {
  if (value === undefined || !/^[ \t]*$|^["']$|^[a-z]+$|^[ \t]*:[ \t]*$|^- +$/.test(value)) return;
  votes.set(value, (votes.get(value) ?? 0) + 1);
}

/** Of a tie, the one that was seen first. */
function most(votes: ReadonlyMap<string, number>, otherwise: string): string {
  let winner: readonly [string, number] = [otherwise, 0];
  for (const one of votes) if (one[1] > winner[1]) winner = one;
  return winner[0];
}
