// All pods of one text → the edits that bring them to the level; each pod's plan is held against the text and the programs further on.
import { documentEdits } from "../../manifest/edit/documentEdits.ts";
import { type Manifest, type PodDocument, readManifest } from "../../manifest/manifest.ts";
import { applyEdits, type TextEdit } from "../../model/edit.ts";
import { samePath, toFieldPath } from "../../model/finding.ts";
import type { KubeMinor } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { levelOf } from "../levels.ts";
import type { AcceptedFinding } from "./accepted.ts";
import { enforcedVersions } from "./enforcedVersion.ts";
import type { FixedManifest, FixOptions } from "./fixed.ts";
import { fixedPod } from "./fixedPod.ts";
import type { Mended } from "./mended.ts";
import { type Extent, planPod } from "./planPod.ts";
import { newRefusal, refusalsOf } from "./refusals.ts";
import { unsharedNotes } from "./unshared.ts";

export interface FixInput {
  readonly file: string;
  readonly text: string;
  readonly manifest: Manifest;
  /** The world of each pod: namespaces may differ. */
  readonly worldOf: (pod: PodDocument) => World;
  /** Other versions of Kubernetes at which the level is to be reached too. */
  readonly versions?: readonly KubeMinor[];
  /** What a person has accepted of it; nothing by default. */
  readonly acceptedOf?: (pod: PodDocument) => readonly AcceptedFinding[];
}

/** `fix` of a text that has been read. */
export function fixManifest(input: FixInput, options: FixOptions): FixedManifest {
  const { file, text, manifest, worldOf } = input;
  checkUids(options);
  const all = manifest.pods.map((document): Mended => {
    const world = worldOf(document);
    const accepted = input.acceptedOf?.(document) ?? [];
    const pinned = enforcedVersions(options.level ?? levelOf(world), world);
    const versions = new Set([...(input.versions ?? []), ...pinned]);
    const others = [...versions].map((kubernetes) => ({ ...world, kubernetes }));
    const plan = planPod(document, world, { options, accepted, others, extent: "all" });
    return { document, world, others, accepted, plan, extent: "all", setbacks: [], unshared: [] };
  });
  const documents = byDocument(all);
  const known = new Map<readonly Mended[], readonly TextEdit[]>();
  for (;;) {
    for (const pods of documents) if (!known.has(pods)) known.set(pods, editsOf(pods, options));
    const edits = documents.flatMap((pods) => known.get(pods) ?? []);
    const after = edits.length === 0 ? text : applyEdits(text, edits);
    const changed = edits.length === 0 ? manifest : readManifest(after, file, options);
    const failed = all.filter((mended, index) => !holds(mended, changed.pods[index]));
    if (failed.length === 0) {
      const pods = all.map((mended, index) => fixedPod(mended, changed.pods[index], options));
      const { errors, skipped } = manifest;
      return { file, edits, text: after, pods, errors, skipped: skipped.length };
    }
    for (const mended of failed) stepBack(mended, options);
    for (const pods of documents) if (pods.some((pod) => failed.includes(pod))) known.delete(pods);
  }
}

const MAX_ID = 2147483647;

function checkUids({ runAsUser }: FixOptions): void {
  for (const uid of [runAsUser?.all, ...Object.values(runAsUser?.of ?? {})]) {
    if (uid === undefined || (Number.isInteger(uid) && uid > 0 && uid <= MAX_ID)) continue;
    throw new RangeError(
      `${uid} is no uid that a container may run as: it must be between 1 and ${MAX_ID}`,
    );
  }
}

function byDocument(all: readonly Mended[]): (readonly Mended[])[] {
  const documents = new Map<number, Mended[]>();
  for (const mended of all) {
    const index = mended.document.document;
    const pods = documents.get(index) ?? [];
    pods.push(mended);
    documents.set(index, pods);
  }
  return [...documents.values()];
}

/** The edits of one document; a pod whose text cannot be edited as planned is planned again. */
function editsOf(pods: readonly Mended[], options: FixOptions): readonly TextEdit[] {
  const source = pods[0]?.document.sourceMap.source();
  if (source === undefined) return [];
  for (;;) {
    const file = pods[0]?.document.file ?? "";
    const changes = pods.flatMap(inDocument);
    if (changes.length === 0) return [];
    const { edits, refused, unshared } = documentEdits({ file, ...source }, changes);
    const [first] = refused;
    if (first === undefined) {
      for (const mended of pods) mended.unshared = unsharedNotes(mended.document, unshared);
      return edits;
    }
    const owner = pods.find((mended) =>
      inDocument(mended).some(({ path }) => samePath(path, first.change.path)),
    );
    if (owner === undefined) throw new Error("an edit was refused that no pod asked for");
    const { path } = first.change;
    const podLength = owner.document.workload.podPath.length;
    const message = `${toFieldPath(path.slice(podLength))} cannot be edited: ${first.reason}`;
    owner.setbacks.push({ kind: "left", path: path.slice(podLength), message });
    stepBack(owner, options);
  }
}

function inDocument({ plan, document }: Mended): FieldChange[] {
  const { podPath } = document.workload;
  return plan.changes.map(({ path, to }) => ({ path: [...podPath, ...path], to }));
}

/** Does the edited text hold the pod as planned, and do API server and kubelet take it as they did before? */
function holds(mended: Mended, after: PodDocument | undefined): boolean {
  const { document, plan, setbacks } = mended;
  if (plan.changes.length === 0) return true;
  const { podPath } = document.workload;
  const own = podPath.slice(document.objectPath.length);
  const wanted = applyChanges(
    document.object,
    plan.changes.map(({ path, to }) => ({ path: [...own, ...path], to })),
  );
  if (after === undefined || !sameJson(after.object, wanted)) {
    setbacks.push({ kind: "left", path: [], message: "its edits would change more than this pod" });
    return false;
  }
  const refusal = firstRefusal(mended, after);
  if (refusal === undefined) return true;
  const message = `with the edits it would be refused (${refusal.origin}): ${refusal.message}`;
  setbacks.push({ kind: "left", path: [], message });
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

function stepBack(mended: Mended, options: FixOptions): void {
  mended.extent = LESS[mended.extent];
  const { document, world, others, accepted, extent } = mended;
  mended.plan = planPod(document, world, { options, accepted, others, extent });
}
