// What edits make of their lines, for people: the lines that go and those that come, without the indentation they share.
import { applyEdits, type TextEdit } from "../../model/edit.ts";

export interface SuggestedLine {
  readonly sign: "-" | "+";
  readonly text: string;
}

/** In the order of the text; no line that stays is among them. @param text the whole text that the edits are of */
export function suggestionOf(edits: readonly TextEdit[], text: string): readonly SuggestedLine[] {
  const ordered = edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset);
  const lines: SuggestedLine[] = [];
  let group: TextEdit[] = [];
  for (const edit of ordered) {
    const last = group.at(-1);
    if (last !== undefined && lineEnd(text, last.range.end.offset) < edit.range.start.offset) {
      lines.push(...linesOf(group, text));
      group = [];
    }
    group.push(edit);
  }
  lines.push(...linesOf(group, text));
  return dedented(lines);
}

/** Of edits whose lines touch. */
function linesOf(group: readonly TextEdit[], text: string): SuggestedLine[] {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = text.lastIndexOf("\n", first.range.start.offset - 1) + 1;
  const before = text.slice(from, lineEnd(text, last.range.end.offset));
  const after = applyEdits(
    before,
    group.map((edit) => shifted(edit, from)),
  );
  const [old, now] = [split(before), split(after)];
  while (old.length > 0 && now.length > 0 && old[0] === now[0]) {
    old.shift();
    now.shift();
  }
  while (old.length > 0 && now.length > 0 && old.at(-1) === now.at(-1)) {
    old.pop();
    now.pop();
  }
  return [
    ...old.map((line) => ({ sign: "-" as const, text: line })),
    ...now.map((line) => ({ sign: "+" as const, text: line })),
  ].filter((line) => line.text.trim() !== "");
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

function shifted(edit: TextEdit, by: number): TextEdit {
  const { start, end } = edit.range;
  const range = {
    start: { ...start, offset: start.offset - by },
    end: { ...end, offset: end.offset - by },
  };
  return { ...edit, range };
}

function split(text: string): string[] {
  return text.split("\n").map((line) => line.replace(/\r$/, ""));
}

function dedented(lines: readonly SuggestedLine[]): SuggestedLine[] {
  const shared = Math.min(...lines.map(({ text }) => text.search(/\S/)));
  return lines.map(({ sign, text }) => ({ sign, text: text.slice(shared) }));
}
