// What `fix` would do with one pod, from the pod alone; whether the text can be edited so is not asked here.
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { samePath } from "../../model/finding.ts";
import type { Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { levelOf } from "../levels.ts";
import { annotationsToFields } from "./annotations.ts";
import { correctCapabilities, correctedNotes } from "./corrections.ts";
import { emptyContainers } from "./emptyContainers.ts";
import type { FixNote } from "./fixed.ts";
import type { PlanOptions } from "./levelPlan.ts";
import { levelPlans } from "./levelPlans.ts";
import { type Judging, misspelledFields, type Rename, renamedFields } from "./misspelled.ts";
import { type PlannedChange, type PodPlan, planned } from "./podPlan.ts";
import { retypedNotes } from "./retyped.ts";
import { withoutHollows } from "./tidy.ts";
import { isForWindows, sayWindows } from "./windows.ts";
import { withPodChanges } from "./withPodChanges.ts";

/**
 * `all`: corrections and the level. A pod whose level cannot be reached after all is planned again, with less.
 */
export type Extent = "all" | "corrections" | "nothing";

export interface PlannedPod {
  /** Paths relative to the pod. */
  readonly changes: readonly (FieldChange & Pick<PlannedChange, "check">)[];
  readonly notes: readonly FixNote[];
  /** Fields that were misspelled. */
  readonly renames: readonly Rename[];
}

interface PlanInput extends PlanOptions {
  /** Besides the world: other Kubernetes versions. */
  readonly others: readonly World[];
  readonly extent: Extent;
}

export function planPod(
  document: PodDocument,
  world: World,
  { options, accepted, others, extent }: PlanInput,
): PlannedPod {
  if (extent === "nothing") return { changes: [], notes: [], renames: [] };
  const { pod, object, workload, objectPath } = document;
  const { kubernetes } = world;
  const written = valueAt(object, workload.podPath.slice(objectPath.length)) ?? null;
  const level = options.level ?? levelOf(world);
  const standing = { world, level };
  const correctNames = (current: Pod): PodPlan => ({
    changes: correctCapabilities(current, standing),
    notes: [],
  });
  const reaching = { worlds: [world, ...others], level, addOnly: options.addOnly === true };
  const annotations = (current: Pod) => annotationsToFields(current, reaching);
  const judging = { worlds: [world, ...others], accepted };
  const named = renamedFields(document, judging);
  const empty = emptyContainers(written);
  const corrections = [() => named, ...(isForWindows(pod) ? [] : [correctNames]), annotations];
  const toLevel = (current: Pod) => {
    const told = { options, accepted, before: pod, empty };
    const said = level === "restricted" ? sayWindows(current, kubernetes) : NOTHING;
    const plan = levelPlans(applyChanges(current, said.changes), level, [world, ...others], told);
    // It says what it is for the level's sake.
    const isKept = said.changes.length > 0 && (options.addOnly === true || !isGivenUp(plan));
    if (!isKept) return plan;
    return { changes: [...said.changes, ...plan.changes], notes: [...said.notes, ...plan.notes] };
  };
  // The level may change a field to what its annotation says.
  const steps =
    extent === "corrections"
      ? corrections
      : [...corrections, toLevel, (current: Pod) => withoutOpen(annotations(current))];
  const first = planned(pod, steps);
  const later = laterRenames(document, first.changes, judging);
  const changes = [...first.changes, ...later.changes];
  const told = [...first.notes, ...later.notes];
  const after = applyChanges(first.pod, later.changes);
  const ofNames = isForWindows(pod) ? [] : correctedNotes(pod, after, standing);
  // Whoever accepted a name has said what becomes of it.
  const accepts = ({ path }: FixNote) =>
    told.some((note) => note.kind === "accepted" && samePath(note.path, path));
  const all = [...ofNames.filter((note) => note.kind !== "open" || !accepts(note)), ...told];
  const made = withoutHollows(written, changes);
  const renames = [...named.renames, ...later.renames];
  const notes = [...retypedNotes({ written, pod, changes: made, renames }, all), ...all];
  return { changes: made, notes, renames };
}

/** What spoke against a name may have gone with the other changes; a second run would find it. */
function laterRenames(
  document: PodDocument,
  changes: readonly FieldChange[],
  judging: Judging,
): ReturnType<typeof renamedFields> {
  const isThere = changes.length > 0 && misspelledFields(document, judging).length > 0;
  if (!isThere) return { changes: [], notes: [], renames: [] };
  return renamedFields(withPodChanges(document, changes), judging);
}

const NOTHING: PodPlan = { changes: [], notes: [] };

function isGivenUp({ changes, notes }: PodPlan): boolean {
  return changes.length === 0 && notes.some(({ kind }) => kind === "left");
}

/** What stays open was said before the level. */
function withoutOpen({ changes, notes }: PodPlan): PodPlan {
  return { changes, notes: notes.filter(({ kind }) => kind !== "open") };
}
