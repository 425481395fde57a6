// What `fix` would do with one pod, from the pod alone; whether the text can be edited so is not asked here.
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { samePath } from "../../model/finding.ts";
import type { Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { FieldChange } from "../../rules/changes.ts";
import { levelOf } from "../levels.ts";
import { annotationsToFields } from "./annotations.ts";
import { correctCapabilities, correctedNotes } from "./corrections.ts";
import type { FixNote } from "./fixed.ts";
import type { PlanOptions } from "./levelPlan.ts";
import { levelPlans } from "./levelPlans.ts";
import { type Rename, renamedFields } from "./misspelled.ts";
import { type PlannedChange, type PodPlan, planned } from "./podPlan.ts";
import { withoutHollows } from "./tidy.ts";
import { isForWindows, sayWindows } from "./windows.ts";

/**
 * `all`: corrections and the level. A pod whose level cannot be reached after all is planned again, with less. `parts`: what
 * can be done for the level, even if something is left that keeps the pod from it.
 */
export type Extent = "parts" | "all" | "corrections" | "nothing";

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
  const level = options.level ?? levelOf(world);
  const standing = { world, level };
  const correctNames = (current: Pod): PodPlan => ({
    changes: correctCapabilities(current, standing),
    notes: [],
  });
  const reaching = { worlds: [world, ...others], level, addOnly: options.addOnly === true };
  const annotations = (current: Pod) => annotationsToFields(current, reaching);
  const named = renamedFields(document, { worlds: [world, ...others], accepted });
  const corrections = [
    () => named,
    ...(isForWindows(pod) ? [] : [correctNames]),
    annotations,
    ...(level === "restricted" ? [(current: Pod) => sayWindows(current, kubernetes)] : []),
  ];
  const steps =
    extent === "corrections"
      ? corrections
      : // The level may change a field to what its annotation says.
        [
          ...corrections,
          (current: Pod) =>
            levelPlans(current, level, [world, ...others], {
              ...{ options, accepted, before: pod },
              isPartial: extent === "parts",
            }),
          (current: Pod) => withoutOpen(annotations(current)),
        ];
  const { changes, notes: told, pod: after } = planned(pod, steps);
  const ofNames = isForWindows(pod) ? [] : correctedNotes(pod, after, standing);
  // Whoever accepted a name has said what becomes of it.
  const accepts = ({ path }: FixNote) =>
    told.some((note) => note.kind === "accepted" && samePath(note.path, path));
  const notes = [...ofNames.filter((note) => note.kind !== "open" || !accepts(note)), ...told];
  const written = valueAt(object, workload.podPath.slice(objectPath.length)) ?? null;
  return { changes: withoutHollows(written, changes), notes, renames: named.renames };
}

/** What stays open was said before the level. */
function withoutOpen({ changes, notes }: PodPlan): PodPlan {
  return { changes, notes: notes.filter(({ kind }) => kind !== "open") };
}
