// Misspelled fields that bear on security: which get the name that was meant, and why the others keep theirs.
import { meantField } from "../../apiserver/decode/meantField.ts";
import { FIELDS } from "../../fields/fields.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith, toPointer } from "../../model/finding.ts";
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import type { World } from "../../model/world.ts";
import type { Change } from "../../podsecurity/check.ts";
import { diff, type PrivilegeChange } from "../diff.ts";
import { type AcceptedFinding, acceptsFinding } from "./accepted.ts";
import type { FixNote } from "./fixed.ts";
import type { PodPlan } from "./podPlan.ts";
import { fieldFindings, newRefusal, refusalsOf } from "./refusals.ts";
import { placeOf } from "./takenNotes.ts";
import { withPodChanges } from "./withPodChanges.ts";

/** `why`: what speaks against the name; absent where nothing does. Paths are relative to the pod. */
export interface Misspelled {
  readonly path: FieldPath;
  readonly meant: string;
  readonly why?: string;
}
export interface Judging {
  readonly worlds: readonly World[];
  readonly accepted: readonly AcceptedFinding[];
}

/** `to`: the name that the last step of `from` gets. */
export interface Rename {
  readonly from: FieldPath;
  readonly to: string;
}
interface RenamePlan extends PodPlan {
  /** One after another. */
  readonly renames: readonly Rename[];
}

/** Where a field stood before the renames. */
export function asWritten(path: FieldPath, renames: readonly Rename[]): FieldPath {
  let written = path;
  for (const { from, to } of renames.toReversed()) {
    const now = [...from.slice(0, -1), to];
    if (startsWith(written, now)) written = [...from, ...written.slice(now.length)];
  }
  return written;
}

/** Each finding of a document asks. */
const PLANNED: WeakMap<PodDocument, { readonly judging: Judging; readonly plan: RenamePlan }> =
  new WeakMap();

export function renamedFields(document: PodDocument, judging: Judging): RenamePlan {
  const known = PLANNED.get(document);
  if (known !== undefined && isSame(known.judging, judging)) return known.plan;
  const plan = renamePlan(document, judging);
  PLANNED.set(document, { judging, plan });
  return plan;
}

function isSame(one: Judging, other: Judging): boolean {
  const none = one.accepted.length + other.accepted.length === 0;
  return (
    (none || one.accepted === other.accepted) &&
    one.worlds.length === other.worlds.length &&
    one.worlds.every((world, index) => world === other.worlds[index])
  );
}

/** A field that gets its name may hold others that were unknown only with it. */
function renamePlan(document: PodDocument, judging: Judging): RenamePlan {
  const changes: Change[] = [];
  const notes: FixNote[] = [];
  const renames: Rename[] = [];
  // What speaks against a name does so still when another field has got its own.
  const objections = new Map<string, string>();
  let current = document;
  for (;;) {
    const found = firstToRename(current, judging, objections);
    if (found === undefined) return { changes, notes, renames };
    const { path, meant } = found;
    const own = changesOf(current, path, meant);
    changes.push(...own);
    const message = `the unknown field ${path.at(-1)} becomes ${meant}`;
    const written = asWritten(path, renames);
    notes.push({ kind: "corrected", ...placeOf(document.pod, written), message });
    renames.push({ from: path, to: meant });
    current = withPodChanges(current, own);
  }
}

function firstToRename(
  document: PodDocument,
  judging: Judging,
  objections: Map<string, string>,
): Misspelled | undefined {
  for (const one of candidates(document, judging)) {
    const key = toPointer(one.path);
    if (objections.has(key)) continue;
    const why = objection(document, one, judging.worlds);
    if (why === undefined) return one;
    objections.set(key, why);
  }
  return undefined;
}

/** In the order in which the API server tells them. */
export function misspelledFields(document: PodDocument, judging: Judging): readonly Misspelled[] {
  return candidates(document, judging).map((one) => {
    const why = objection(document, one, judging.worlds);
    return { ...one, ...(why === undefined ? {} : { why }) };
  });
}

/** More of them are no slips, and each takes some ten milliseconds to judge. */
const MOST = 32;

/** Not yet judged; none of too many. */
function candidates(document: PodDocument, { worlds, accepted }: Judging): readonly Misspelled[] {
  const { podPath } = document.workload;
  const found = new Map<string, Misspelled>();
  for (const world of worlds) {
    for (const finding of fieldFindings(document, world)) {
      if (finding.id !== UNKNOWN || !startsWith(finding.path, podPath)) continue;
      const path = finding.path.slice(podPath.length);
      const key = toPointer(path);
      const meant = meantField(path);
      if (found.has(key) || meant === undefined || !bearsOnSecurity(path, meant)) continue;
      if (acceptsFinding(accepted, finding.id, path)) continue;
      if (found.size === MOST) return [];
      found.set(key, { path, meant });
    }
  }
  return [...found.values()];
}

const UNKNOWN = "apiserver.unknownField";
const CONTEXT = "securityContext";
const NEIGHBOURS: ReadonlySet<string> = new Set(
  FIELDS.filter(({ at }) => at.includes("podSpec")).map(({ name }) => name),
);

function bearsOnSecurity(path: FieldPath, meant: string): boolean {
  if (path.slice(0, -1).includes(CONTEXT) || meant === CONTEXT) return true;
  return path.length === 2 && path[0] === "spec" && NEIGHBOURS.has(meant);
}

function changesOf({ pod }: PodDocument, path: FieldPath, meant: string): Change[] {
  const value = valueAt(pod as unknown as JsonValue, path);
  return [
    { path, from: value, to: undefined },
    { path: [...path.slice(0, -1), meant], from: undefined, to: value },
  ];
}

/** A name that nobody knows does nothing; what it would do with the right one its author may never have seen. */
function objection(
  document: PodDocument,
  { path, meant }: Misspelled,
  worlds: readonly World[],
): string | undefined {
  const beside = valueAt(document.pod as unknown as JsonValue, path.slice(0, -1));
  if (isJsonObject(beside) && Object.hasOwn(beside, meant)) return `${meant} is there already`;
  const after = withPodChanges(document, changesOf(document, path, meant));
  const named = [...document.workload.podPath, ...path.slice(0, -1), meant];
  const [newest] = worlds;
  const changes =
    newest === undefined
      ? []
      : diff([document], [after], newest).flatMap((workload) => workload.changes);
  if (changes.some(({ change }) => change === "more")) return "that would give more privileges";
  if (!changes.every(isHarmless)) return "that would change what the pod may do";
  for (const world of worlds) {
    const refusals = refusalsOf(after, world);
    // Unknown, its value was never looked at.
    const own = refusals.find((one) => startsWith(one.path, named));
    const refusal = own ?? newRefusal(refusalsOf(document, world), refusals);
    if (refusal !== undefined) return `that would be refused: ${refusal.message}`;
  }
  return undefined;
}

function isHarmless({ change, after }: PrivilegeChange): boolean {
  return change === "fewer" || (change === "changed" && after === false);
}
