// What `fix` would write into the pods of one document, hunk by hunk: which changes of which pod each of them makes.
import { type EditedSource, editedSource } from "../../manifest/editedSource.ts";
import type { SourceMap } from "../../manifest/sourceMap.ts";
import type { TextEdit } from "../../model/edit.ts";
import type { FieldPath } from "../../model/finding.ts";
import { editsOf, isTaken, stepBack } from "./documentPlan.ts";
import type { FixOptions } from "./fixed.ts";
import { type Hunk, hunkOf, hunksOf } from "./hunks.ts";
import type { Mended } from "./mended.ts";
import { asWritten } from "./misspelled.ts";
import type { PlannedPod } from "./planPod.ts";
import { withPodChanges } from "./withPodChanges.ts";

export interface PlacedChange {
  readonly change: PlannedPod["changes"][number];
  /** Where the field stands before the edits, relative to the pod: names of fields may be among them. */
  readonly written: FieldPath;
  readonly hunks: readonly Hunk[];
}

export interface PlannedHunks {
  readonly mended: Mended;
  readonly changes: readonly PlacedChange[];
}

/** Of each pod. @param pods of one document; their plans may become smaller */
export function plannedHunks(pods: readonly Mended[], options: FixOptions): PlannedHunks[] {
  const edits = settledEdits(pods, options);
  const sourceMap = pods[0]?.document.sourceMap;
  const after = sourceMap === undefined ? undefined : editedSource(sourceMap, edits);
  if (edits.length === 0 || after === undefined) return pods.map(unchanged);
  const text = sourceMap?.source()?.positions.text ?? "";
  const placedIn = (all: readonly Hunk[]): PlannedHunks[] => {
    const spans = spansOf(all, after.from);
    return pods.map((mended) => ({ mended, changes: placedChanges(mended, spans, after) }));
  };
  const hunks = hunksOf(edits, text);
  const placed = placedIn(hunks);
  const made = new Set(placed.flatMap(({ changes }) => changes.flatMap((one) => one.hunks)));
  if (hunks.every((hunk) => made.has(hunk))) return placed;
  const joined = whole(hunks, made).map((parts) => parts.flatMap(({ edits: own }) => own));
  return placedIn(joined.map((own) => hunkOf(own, text)));
}

/** What no change speaks of belongs to its neighbour: the `{}` that a first member takes the place of. */
function whole(hunks: readonly Hunk[], made: ReadonlySet<Hunk>): (readonly Hunk[])[] {
  const groups: Hunk[][] = [];
  let waiting: Hunk[] = [];
  for (const hunk of hunks) {
    waiting.push(hunk);
    if (!made.has(hunk)) continue;
    groups.push(waiting);
    waiting = [];
  }
  const last = groups.at(-1);
  if (last === undefined) return [waiting];
  last.push(...waiting);
  return groups;
}

function unchanged(mended: Mended): PlannedHunks {
  return { mended, changes: [] };
}

/** As `fix` settles them: a pod that would be refused with its edits gets fewer. */
function settledEdits(pods: readonly Mended[], options: FixOptions): readonly TextEdit[] {
  for (;;) {
    const edits = editsOf(pods, options);
    const failed = pods.filter(
      (mended) =>
        mended.plan.changes.length > 0 &&
        !isTaken(mended, withPodChanges(mended.document, mended.plan.changes)),
    );
    if (failed.length === 0) return edits;
    for (const mended of failed) stepBack(mended, options);
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}
/** Both count in the document's own text. */
interface HunkSpan {
  readonly hunk: Hunk;
  readonly before: Span;
  readonly after: Span;
}

function spansOf(hunks: readonly Hunk[], from: number): HunkSpan[] {
  let grown = 0;
  return hunks.map((hunk) => {
    const start = (hunk.edits[0]?.range.start.offset ?? 0) - from;
    const end = (hunk.edits.at(-1)?.range.end.offset ?? 0) - from;
    const shift = grown;
    for (const { range, text } of hunk.edits) {
      grown += text.length - (range.end.offset - range.start.offset);
    }
    return {
      hunk,
      before: { start, end },
      after: { start: start + shift, end: end + grown },
    };
  });
}

function placedChanges(
  { document, plan }: Mended,
  spans: readonly HunkSpan[],
  after: EditedSource,
): PlacedChange[] {
  const { podPath } = document.workload;
  return plan.changes.map((change) => {
    const written = asWritten(change.path, plan.renames);
    const now = spanOf(after.sourceMap, [...podPath, ...change.path], 0);
    const old = spanOf(document.sourceMap, [...podPath, ...written], after.from);
    // An item that is taken out of a list stood only in the old one.
    const near = [...spansAt(now, spans, "after"), ...spansAt(old, spans, "before")];
    const hunks = new Set(near.toSorted((a, b) => a.before.start - b.before.start));
    return { change, written, hunks: [...hunks].map(({ hunk }) => hunk) };
  });
}

/** Of thousands, in the order of the text and apart from each other, those that meet it. */
function spansAt(
  span: Span | undefined,
  spans: readonly HunkSpan[],
  side: "before" | "after",
): HunkSpan[] {
  if (span === undefined) return [];
  const found: HunkSpan[] = [];
  for (let at = firstFrom(span.start, spans, side); at < spans.length; at += 1) {
    const one = spans[at];
    if (one === undefined || one[side].start > span.end) break;
    if (meet(span, one[side])) found.push(one);
  }
  return found;
}

/** The first that does not end before the offset. */
function firstFrom(offset: number, spans: readonly HunkSpan[], side: "before" | "after"): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[side].end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From the key to the value's end. */
function spanOf(map: SourceMap, path: FieldPath, from: number): Span | undefined {
  const value = map.range(path);
  if (value === undefined) return undefined;
  const { start } = map.key(path) ?? value;
  return { start: start.offset - from, end: value.end.offset - from };
}

function meet(one: Span, other: Span): boolean {
  if (other.start === other.end) return one.start <= other.start && other.end <= one.end;
  return one.start < other.end && other.start < one.end;
}
