// Values of a type that the API server refuses, in whose place an edit puts another: no check speaks of them, so it is told here.
import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith, toPointer } from "../../model/finding.ts";
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import type { Pod } from "../../model/pod.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { writeJson } from "../../rules/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { FixNote } from "./fixed.ts";
import { asWritten, type Rename } from "./misspelled.ts";
import { fieldOf, placeOf } from "./takenNotes.ts";

export interface Rewritten {
  /** As the author wrote it. */
  readonly written: JsonValue;
  readonly pod: Pod;
  readonly changes: readonly FieldChange[];
  readonly renames: readonly Rename[];
}

/** One for each value. @param told what is said already */
export function retypedNotes(
  { written, pod, changes, renames }: Rewritten,
  told: readonly FixNote[],
): FixNote[] {
  if (!isJsonObject(written)) return [];
  const after: JsonValue = applyChanges(written, changes);
  const notes = new Map<string, FixNote>();
  for (const change of changes) {
    const path = placeOfType(written, after, { path: change.path, renames });
    if (path === undefined) continue;
    const from = valueAt(written, asWritten(path, renames)) ?? null;
    // Of a list other items may be told.
    if (!Array.isArray(from) && told.some((note) => startsWith(note.path, path))) continue;
    const message = messageOf(path, from, valueAt(after, path) ?? null);
    notes.set(toPointer(path), { kind: "corrected", ...placeOf(pod, path), message });
  }
  return [...notes.values()];
}

/** The shortest part of the path at which a value of another type comes, or a list loses what is none of its items. */
function placeOfType(
  written: JsonValue,
  after: JsonValue,
  { path, renames }: { readonly path: FieldPath; readonly renames: readonly Rename[] },
): FieldPath | undefined {
  for (let end = 1; end <= path.length; end += 1) {
    const place = path.slice(0, end);
    const [from, to] = [valueAt(written, asWritten(place, renames)), valueAt(after, place)];
    if (from === undefined || from === null || to === undefined) return undefined;
    if (kindOf(from) !== kindOf(to)) return place;
    if (Array.isArray(from) && Array.isArray(to) && strangers(from, to).length > 0) return place;
  }
  return undefined;
}

/** Items of another type than those that come or stay. */
function strangers(from: readonly JsonValue[], to: readonly JsonValue[]): readonly JsonValue[] {
  const kinds = new Set(to.map(kindOf));
  return from.filter((item) => !kinds.has(kindOf(item)) && !to.some((one) => sameJson(one, item)));
}

function messageOf(path: FieldPath, from: JsonValue, to: JsonValue): string {
  const field = fieldOf(path) || String(path.at(-1));
  if (!Array.isArray(from) || !Array.isArray(to)) {
    const now = isJsonObject(to) ? "an object" : writeJson(to);
    return `${field}: ${writeJson(from)} becomes ${now}: the API server refuses its type`;
  }
  const gone = strangers(from, to);
  const names = gone.map((item) => writeJson(item)).join(", ");
  const [goes, whose] = gone.length === 1 ? ["goes", "its"] : ["go", "their"];
  return `${field}: ${names} ${goes}: the API server refuses ${whose} type`;
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value === "bigint" ? "number" : typeof value;
}
