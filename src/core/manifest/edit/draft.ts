// An edit in the making: the text of one document, how it is written, and the splices so far.
import type { YamlNode } from "../yaml/node.ts";
import type { Readings, Unshared } from "./anchors.ts";
import type { Style } from "./style.ts";

/** `text` takes the place of what stands from `start` to `end`; offsets count in the document's text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Draft {
  readonly text: string;
  readonly style: Style;
  readonly splices: Splice[];
  readonly readings: Readings;
  /** What took over fields of an anchor that others use too. */
  readonly unshared: Unshared;
}

/** Where a value stands. */
export interface Slot {
  /** Inside `{}` or `[]`: nothing in there can begin a block. */
  readonly flow: boolean;
  /** Before the key (or dash) of the value. */
  readonly indent: string;
  /** Of a member; absent for an item and for the root. */
  readonly key?: YamlNode;
}

/** The text is written in a way that no small edit can change; the message says which. */
export class CannotEdit extends Error {}

export function splice(draft: Draft, start: number, end: number, text: string): void {
  draft.splices.push({ start, end, text });
}

/** Whole lines at `at`, a line's beginning or the text's end, whose last line may have no break. */
export function insertLines(draft: Draft, at: number, lines: readonly string[]): void {
  const { text, style } = draft;
  const unfinished = at === text.length && !text.endsWith("\n");
  const joined = lines.join(style.eol);
  splice(draft, at, at, unfinished ? style.eol + joined : joined + style.eol);
}

/** Is it written with brackets? */
export function isFlow(draft: Draft, node: YamlNode): boolean {
  const first = draft.text[node.start];
  return first === "{" || first === "[";
}

/** Behind the colon of a key; one behind `?` has it below. */
export function behindColon({ text }: Draft, key: YamlNode): number {
  const isBelow = text[key.mark] === "?";
  const colon = (isBelow ? COLON_BELOW : COLON).exec(text.slice(key.end));
  if (colon === null) throw new CannotEdit("the key has no colon behind it");
  return key.end + colon[0].length;
}

const COLON = /^[ \t]*:/;
const COLON_BELOW = /^(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*:/;

/** The comments between two offsets, `#` included, where `nodes` are all that is written there. */
export function commentsIn(
  { text }: Draft,
  { from, to }: { readonly from: number; readonly to: number },
  nodes: readonly YamlNode[],
): string[] {
  let masked = text.slice(from, to);
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    waiting.push(...node.children);
    if (node.children.length > 0 || node.kind === "mapping" || node.kind === "sequence") continue;
    const start = Math.max(node.start - from, 0);
    const end = Math.max(node.end - from, start);
    masked = masked.slice(0, start) + "x".repeat(end - start) + masked.slice(end);
  }
  return [...masked.matchAll(/(?:^|(?<=\s))#[^\r\n]*/gm)].map(({ index }) => {
    const start = from + index;
    return /^[^\r\n]*/.exec(text.slice(start, to))?.[0].trimEnd() ?? "";
  });
}
