// The edits of a finding that make all that its message says untrue: a sentence of Pod Security names several containers.
import type { CheckedPod, CheckFinding } from "../../core/answers/checked.ts";
import type { TextEdit } from "../../core/model/edit.ts";
import { groupBy } from "../../core/rules/groupBy.ts";

export interface WholeFix {
  /** Each once, in the order of the text. */
  readonly edits: readonly TextEdit[];
  /** `containers "a", "b"`; empty where the finding is mended whole and speaks of nobody else. */
  readonly scope: string;
}

/** Of more containers each finding has its own edits alone: else the log grows with their square. */
const FEW = 20;

/** Of each finding; undefined for one without edits. Findings that say the same of one pod are mended together. */
export function wholeFixes({
  findings,
}: CheckedPod): (finding: CheckFinding) => WholeFix | undefined {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const alike = groupBy(open, keyOf);
  const made = new Map<string, WholeFix>();
  return (finding) => {
    const { fixes = [], container } = finding;
    if (fixes.length === 0) return undefined;
    const key = keyOf(finding);
    const all = alike.get(key) ?? [finding];
    if (all.length === 1) return { edits: fixes, scope: "" };
    // What one of them has no edits for stays, and the sentence with it.
    if (all.length > FEW || all.some((one) => one.fixes === undefined)) {
      return { edits: fixes, scope: `${containersText([container])} of those named` };
    }
    const whole = made.get(key) ?? joined(all);
    made.set(key, whole);
    return whole;
  };
}

function keyOf({ id, message }: CheckFinding): string {
  return `${id}\0${message}`;
}

function joined(findings: readonly CheckFinding[]): WholeFix {
  const edits = new Map<string, TextEdit>();
  for (const edit of findings.flatMap(({ fixes = [] }) => fixes)) {
    const { start, end } = edit.range;
    edits.set(`${start.offset} ${end.offset}`, edit);
  }
  return {
    edits: [...edits.values()].toSorted((a, b) => a.range.start.offset - b.range.start.offset),
    scope: containersText(findings.map(({ container }) => container)),
  };
}

function containersText(names: readonly (string | undefined)[]): string {
  const told = [...new Set(names.filter((name) => name !== undefined))];
  if (told.length === 0) return "the place";
  return `container${told.length === 1 ? "" : "s"} ${told.map((name) => JSON.stringify(name)).join(", ")}`;
}
