// Edits of a text as a unified diff, which `patch -p1` and `git apply` take. The edits are known, so nothing is searched for.
import type { TextEdit } from "../core/model/edit.ts";
import { printable } from "./columns.ts";
import { PLAIN, type Style } from "./style.ts";

/** Unchanged lines around a change. */
const CONTEXT = 3;

/** Lines `from` to `to` (from 0, `to` excluded) of the old text become `lines`; each line ends with its break, if it has one. */
interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Empty where nothing changes; ends with a newline otherwise. */
export function unifiedDiff(
  file: string,
  text: string,
  edits: readonly TextEdit[],
  style: Style = PLAIN,
): string {
  const old = linesOf(text);
  const changes = lineChanges(text, old, edits);
  if (changes.length === 0) return "";
  const [before, after] = names(file);
  const parts = [style.bold(`--- ${before}`), style.bold(`+++ ${after}`)];
  let shift = 0;
  for (const hunk of hunksOf(changes)) {
    const first = Math.max((hunk[0]?.from ?? 0) - CONTEXT, 0);
    const last = Math.min((hunk.at(-1)?.to ?? 0) + CONTEXT, old.length);
    const body: string[] = [];
    let at = first;
    let grown = 0;
    for (const { from, to, lines } of hunk) {
      for (const line of old.slice(at, from)) body.push(shown(" ", line, (all) => all));
      for (const line of old.slice(from, to)) body.push(shown("-", line, style.red));
      for (const line of lines) body.push(shown("+", line, style.green));
      at = to;
      grown += lines.length - (to - from);
    }
    for (const line of old.slice(at, last)) body.push(shown(" ", line, (all) => all));
    const length = last - first;
    const ranges = `-${range(first, length)} +${range(first + shift, length + grown)}`;
    parts.push(style.cyan(`@@ ${ranges} @@`), ...body);
    shift += grown;
  }
  return `${parts.join("\n")}\n`;
}

/** A path from the root is written as one below `a/`, as git does: neither git nor patch takes a whole path. */
function names(file: string): [string, string] {
  const name = printable(file);
  const tail = /\s/.test(name) ? "\t" : "";
  const path = (name.startsWith("/") ? name : `/${name}`) + tail;
  return [`a${path}`, `b${path}`];
}

function range(start: number, length: number): string {
  const at = length === 0 ? start : start + 1;
  return length === 1 ? String(at) : `${at},${length}`;
}

/** A carriage return belongs to the line: without it the diff would not apply. */
function shown(sign: string, line: string, paint: (text: string) => string): string {
  if (line.endsWith("\n")) return paint(sign + line.slice(0, -1));
  return `${paint(sign + line)}\n\\ No newline at end of file`;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Each run of edited lines, without what is the same at its ends. */
function lineChanges(
  text: string,
  old: readonly string[],
  edits: readonly TextEdit[],
): LineChange[] {
  const starts = [0];
  for (const line of old) if (line.endsWith("\n")) starts.push((starts.at(-1) ?? 0) + line.length);
  const changes: LineChange[] = [];
  let index = 0;
  while (index < edits.length) {
    const from = lineAt(starts, edits[index]?.range.start.offset ?? 0);
    let at = starts[from] ?? text.length;
    let to = from;
    let content = "";
    for (let edit = edits[index]; edit !== undefined; edit = edits[index]) {
      const { start, end } = edit.range;
      // An edit that begins on a line that is being rewritten belongs to it.
      if (to > from && lineAt(starts, start.offset) >= to) break;
      content += text.slice(at, start.offset) + edit.text;
      at = end.offset;
      to = lineAt(starts, at) + 1;
      index += 1;
    }
    content += text.slice(at, starts[to]);
    const lines = linesOf(content);
    changes.push(trimmed(old, { from, to: Math.min(to, old.length), lines }));
  }
  return changes.filter(({ from, to, lines }) => from < to || lines.length > 0);
}

/** The line on which the offset stands; behind a last line break, the one that would begin there. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function trimmed(old: readonly string[], { from, to, lines }: LineChange): LineChange {
  let head = 0;
  while (from + head < to && head < lines.length && old[from + head] === lines[head]) head += 1;
  let tail = 0;
  while (
    to - tail > from + head &&
    lines.length - tail > head &&
    old[to - tail - 1] === lines[lines.length - tail - 1]
  ) {
    tail += 1;
  }
  return { from: from + head, to: to - tail, lines: lines.slice(head, lines.length - tail) };
}

/** Changes whose contexts touch stand together. */
function hunksOf(changes: readonly LineChange[]): LineChange[][] {
  const hunks: LineChange[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || change.from - before.to > 2 * CONTEXT) {
      hunks.push([change]);
    } else last.push(change);
  }
  return hunks;
}
