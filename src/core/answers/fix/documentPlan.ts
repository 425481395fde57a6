// The pods of one document → the edits that `fix` makes of it; each pod's plan is held against the text and the programs further on.
import {
  type DocumentEdits,
  documentEdits,
  type EditableDocument,
} from "../../manifest/edit/documentEdits.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import type { TextEdit } from "../../model/edit.ts";
import { samePath, startsWith, toFieldPath } from "../../model/finding.ts";
import type { KubeMinor } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import type { FieldChange } from "../../rules/changes.ts";
import { levelOf } from "../levels.ts";
import type { AcceptedFinding } from "./accepted.ts";
import { beforeEdits } from "./beforeEdits.ts";
import { enforcedVersions } from "./enforcedVersion.ts";
import type { FixOptions } from "./fixed.ts";
import { idleAnchorChanges } from "./idleAnchors.ts";
import type { Mended } from "./mended.ts";
import { type Extent, planPod } from "./planPod.ts";
import { newRefusal, refusalsOf } from "./refusals.ts";
import { placeOf } from "./takenNotes.ts";
import { unsharedNotes } from "./unshared.ts";

export interface PodToMend {
  readonly document: PodDocument;
  /** In which it is to run. */
  readonly world: World;
  readonly accepted: readonly AcceptedFinding[];
  /** Other versions of Kubernetes at which the level is to be reached too. */
  readonly versions: readonly KubeMinor[];
}

/** The pod with its first plan. */
export function mendedOf(
  { document, world, accepted, versions }: PodToMend,
  options: FixOptions,
): Mended {
  const extent: Extent = "all";
  const pinned = enforcedVersions(options.level ?? levelOf(world), world);
  const others = [...new Set([...versions, ...pinned])].map((kubernetes) => ({
    ...world,
    kubernetes,
  }));
  const plan = planPod(document, world, { options, accepted, others, extent });
  return { document, world, others, accepted, plan, extent, setbacks: [], unshared: [], idle: [] };
}

/** The edits of one document; a pod whose text cannot be edited as planned is planned again. */
export function editsOf(pods: readonly Mended[], options: FixOptions): readonly TextEdit[] {
  const source = pods[0]?.document.sourceMap.source();
  if (source === undefined) return [];
  for (;;) {
    const file = pods[0]?.document.file ?? "";
    const changes = pods.flatMap(inDocument);
    if (changes.length === 0) return [];
    const { edits, refused, unshared, idle } = editsWithAnchors({ file, ...source }, pods, changes);
    const [first] = refused;
    if (first === undefined) {
      for (const mended of pods) {
        mended.unshared = unsharedNotes(mended.document, unshared);
        mended.idle = idle;
      }
      return edits;
    }
    const owner = pods.find((mended) =>
      inDocument(mended).some(({ path }) => samePath(path, first.change.path)),
    );
    if (owner === undefined) throw new Error("an edit was refused that no pod asked for");
    const { path } = first.change;
    const podLength = owner.document.workload.podPath.length;
    const message = `${toFieldPath(path.slice(podLength))} cannot be edited: ${first.reason}`;
    const place = placeOf(owner.document.pod, path.slice(podLength));
    owner.setbacks.push({ kind: "left", ...place, message });
    stepBack(owner, options);
  }
}

interface EditsWithAnchors extends DocumentEdits {
  readonly idle: readonly FieldChange[];
}

/** Anchors that nobody reads where they stand are edited too, where that leaves more of their users as they are. */
function editsWithAnchors(
  document: EditableDocument,
  pods: readonly Mended[],
  changes: readonly FieldChange[],
): EditsWithAnchors {
  const plain = documentEdits(document, changes);
  if (plain.refused.length > 0 || plain.unshared.length === 0) return { ...plain, idle: [] };
  const idle = idleAnchorChanges(pods, document.tree, changes);
  if (idle.length === 0) return { ...plain, idle };
  const whole = documentEdits(document, [...changes, ...idle]);
  const isBetter = whole.refused.length === 0 && whole.unshared.length < plain.unshared.length;
  return isBetter ? { ...whole, idle } : { ...plain, idle: [] };
}

function inDocument({ plan, document }: Mended): FieldChange[] {
  const { podPath } = document.workload;
  return plan.changes.map(({ path, to }) => ({ path: [...podPath, ...path], to }));
}

/** Do API server and kubelet take the pod with its edits as they did before? If not, it is said why not. */
export function isTaken(mended: Mended, after: PodDocument): boolean {
  const refusal = firstRefusal(mended, after);
  if (refusal === undefined) return true;
  const { podPath } = mended.document.workload;
  const whole = beforeEdits(refusal.path, mended, after);
  const path = startsWith(whole, podPath) ? whole.slice(podPath.length) : [];
  const message = `with the edits it would be refused (${refusal.origin}): ${refusal.message}`;
  mended.setbacks.push({ kind: "left", ...placeOf(mended.document.pod, path), message });
  return false;
}

function firstRefusal({ document, world, others }: Mended, after: PodDocument) {
  for (const one of [world, ...others]) {
    const refusal = newRefusal(refusalsOf(document, one), refusalsOf(after, one));
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

const LESS: Readonly<Record<Extent, Extent>> = {
  all: "corrections",
  corrections: "nothing",
  nothing: "nothing",
};

export function stepBack(mended: Mended, options: FixOptions): void {
  mended.extent = LESS[mended.extent];
  const { document, world, others, accepted, extent } = mended;
  mended.plan = planPod(document, world, { options, accepted, others, extent });
}
