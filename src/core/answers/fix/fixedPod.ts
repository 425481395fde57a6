// What is told of one pod once its edits are made: levels, changed fields and notes with their places.
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith, toPointer } from "../../model/finding.ts";
import type { Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { highestLevel } from "../../podsecurity/highestLevel.ts";
import { LEVELS, type Level } from "../../podsecurity/level.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { asJudged } from "../asJudged.ts";
import { levelOf } from "../levels.ts";
import { headOf, placeOf } from "../place.ts";
import { type OpenDelta, openDelta } from "./accepted.ts";
import { beforeEdits } from "./beforeEdits.ts";
import { fieldNotes } from "./fieldNotes.ts";
import type { FixedField, FixedPod, FixNote, FixOptions, PlacedNote } from "./fixed.ts";
import type { Mended } from "./mended.ts";
import { refusalsOf } from "./refusals.ts";
import { placeOf as notePlace } from "./takenNotes.ts";
import { touchedAt } from "./touchedAt.ts";

/** @param after the same pod in the edited text */
export function fixedPod(
  mended: Mended,
  after: PodDocument | undefined,
  options: FixOptions,
): FixedPod {
  const { document, world, others, accepted, plan, setbacks } = mended;
  const worlds = [world, ...others];
  const level = options.level ?? levelOf(world);
  const pod = after?.pod ?? document.pod;
  const notes = [...plan.notes, ...setbacks, ...mended.unshared];
  const refused = refusedNotes(after ?? document, mended);
  return {
    ...headOf(document, world),
    level,
    before: levelAtAll(document.pod, worlds),
    after: levelAtAll(pod, worlds),
    met:
      worlds.every((one) => isReached(openDelta(pod, level, one, accepted))) &&
      [...notes, ...refused].every(isNotLeft),
    changes: changedFields(mended, after ?? document),
    notes: [
      ...notes.map((note) => placedNote(note, mended, after ?? document)),
      ...refused,
      ...staying(after ?? document, mended),
    ],
  };
}

function isReached({ open, notes }: OpenDelta): boolean {
  return open.length === 0 && notes.every(isNotLeft);
}

function isNotLeft({ kind }: Pick<FixNote, "kind">): boolean {
  return kind !== "left";
}

/** The highest level that the pod meets at every version. */
function levelAtAll(pod: Pod, worlds: readonly World[]): Level {
  const met = worlds.map((world) => highestLevel(asJudged(pod, world), world.kubernetes));
  return LEVELS.find((level) => met.includes(level)) ?? "privileged";
}

/** What the API server refuses before and after, for another reason than the level: nothing of it is there to be mended. */
function refusedNotes(after: PodDocument, mended: Mended): PlacedNote[] {
  const all = refusalsOf(after, mended.world).filter(({ stage }) => stage === "apiserver");
  const [first, ...more] = all;
  if (first === undefined) return [];
  const others = more.length === 0 ? "" : ` (and ${more.length} more, see check)`;
  const { container } = first;
  const note = {
    kind: "left" as const,
    ...(container === undefined ? {} : { container }),
    message: `the API server refuses it: ${first.message}${others}`,
  };
  return [placedAt(beforeEdits(first.path, mended, after), note, mended.document)];
}

/** They stand where they stood; only what is around them may have got its name. */
function staying(after: PodDocument, mended: Mended): PlacedNote[] {
  const { document, world, others, accepted } = mended;
  const { podPath } = document.workload;
  const judging = { worlds: [world, ...others], accepted };
  return fieldNotes(after, document, judging).map(({ path, message }) => {
    const whole = beforeEdits(path, mended, after);
    const { container } = startsWith(whole, podPath)
      ? notePlace(document.pod, whole.slice(podPath.length))
      : {};
    const note = {
      kind: "stays" as const,
      ...(container === undefined ? {} : { container }),
      message,
    };
    return placedAt(whole, note, document);
  });
}

/** Its line is the one that is edited for it, if one is. */
function placedNote(note: FixNote, mended: Mended, after: PodDocument): PlacedNote {
  const { document, plan, world } = mended;
  const { podPath } = document.workload;
  const { kubernetes } = world;
  const { renames } = plan;
  const touched = touchedAt(note, { document, after, renames, kubernetes, own: mended.unshared });
  const { path, ...rest } = note;
  return placedAt([...podPath, ...path], rest, document, [...podPath, ...touched]);
}

/** @param whole from the document's root @param shown where people are sent */
function placedAt(
  whole: FieldPath,
  note: Omit<FixNote, "path">,
  document: PodDocument,
  shown: FieldPath = whole,
): PlacedNote {
  const { line, column } = placeOf(shown, document);
  const place = line === undefined || column === undefined ? {} : { line, column };
  return { ...note, path: toPointer(whole), ...place };
}

/** Each field once, with what it was and what it is. */
function changedFields({ document, plan, idle }: Mended, after: PodDocument): FixedField[] {
  const { podPath } = document.workload;
  const { objectPath } = document;
  const whole = [
    ...plan.changes.map(({ path }) => [...podPath, ...path]),
    ...idle.map(({ path }) => path).filter((path) => startsWith(path, objectPath)),
  ];
  const paths = new Map<string, FieldPath>(
    whole.map((path) => [toPointer(path), path.slice(objectPath.length)]),
  );
  return [...paths].flatMap(([pointer, path]) => {
    const from = valueAt(document.object, path);
    const to = valueAt(after.object, path);
    if (sameJson(from, to)) return [];
    return [
      {
        path: pointer,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ];
  });
}
