// Edits as people read them: those whose lines touch stand together, with the lines that go and those that come.
import { applyEdits, shiftedEdit, type TextEdit } from "../../model/edit.ts";

export interface SuggestedLine {
  readonly sign: "-" | "+";
  readonly text: string;
}

export interface Hunk {
  /** Where it begins: the first line that goes, or the one before which the new ones are put. From 1, before the edits. */
  readonly line: number;
  readonly edits: readonly TextEdit[];
  /** No line that stays is among them; without the indentation they share. */
  readonly lines: readonly SuggestedLine[];
}

/** In the order of the text. @param text the whole text that the edits are of */
export function hunksOf(edits: readonly TextEdit[], text: string): readonly Hunk[] {
  const ordered = edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset);
  const hunks: Hunk[] = [];
  let group: TextEdit[] = [];
  for (const edit of ordered) {
    const last = group.at(-1);
    if (last !== undefined && lineEnd(text, last.range.end.offset) < edit.range.start.offset) {
      hunks.push(hunkOf(group, text));
      group = [];
    }
    group.push(edit);
  }
  if (group.length > 0) hunks.push(hunkOf(group, text));
  return hunks;
}

/** Of edits that stand together. */
export function hunkOf(edits: readonly TextEdit[], text: string): Hunk {
  const first = edits[0]?.range.start ?? { offset: 0, line: 1 };
  const last = edits.at(-1)?.range.end.offset ?? 0;
  const from = text.lastIndexOf("\n", first.offset - 1) + 1;
  const before = text.slice(from, lineEnd(text, last));
  const after = applyEdits(
    before,
    edits.map((edit) => shiftedEdit(edit, from)),
  );
  const [old, now] = [split(before), split(after)];
  let { line } = first;
  while (old.length > 0 && now.length > 0 && old[0] === now[0]) {
    old.shift();
    now.shift();
    line += 1;
  }
  while (old.length > 0 && now.length > 0 && old.at(-1) === now.at(-1)) {
    old.pop();
    now.pop();
  }
  const lines = [
    ...old.map((text) => ({ sign: "-" as const, text })),
    ...now.map((text) => ({ sign: "+" as const, text })),
  ];
  return { line, edits, lines: dedented(lines.filter(({ text }) => text.trim() !== "")) };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

function split(text: string): string[] {
  return text.split("\n").map((line) => line.replace(/\r$/, ""));
}

function dedented(lines: readonly SuggestedLine[]): SuggestedLine[] {
  const shared = Math.min(...lines.map(({ text }) => text.search(/\S/)));
  return lines.map(({ sign, text }) => ({ sign, text: text.slice(shared) }));
}
