// All pods of one text → the edits that bring them to the level; each pod's plan is held against the text and the programs further on.
import { type Manifest, type PodDocument, readManifest } from "../../manifest/manifest.ts";
import { applyEdits, type TextEdit } from "../../model/edit.ts";
import { startsWith } from "../../model/finding.ts";
import type { KubeMinor } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { applyChanges } from "../../rules/changes.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { AcceptedFinding } from "./accepted.ts";
import { editsOf, isTaken, mendedOf, stepBack } from "./documentPlan.ts";
import type { FixedManifest, FixOptions } from "./fixed.ts";
import { fixedPod } from "./fixedPod.ts";
import type { Mended } from "./mended.ts";

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
  const all = manifest.pods.map((document) => {
    const accepted = input.acceptedOf?.(document) ?? [];
    const { versions = [] } = input;
    return mendedOf({ document, world: worldOf(document), accepted, versions }, options);
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

/** Does the edited text hold the pod as planned, and do API server and kubelet take it as they did before? */
function holds(mended: Mended, after: PodDocument | undefined): boolean {
  const { document, plan, setbacks, idle } = mended;
  if (plan.changes.length === 0) return true;
  const { podPath } = document.workload;
  const { length } = document.objectPath;
  const own = podPath.slice(length);
  const wanted = applyChanges(document.object, [
    ...plan.changes.map(({ path, to }) => ({ path: [...own, ...path], to })),
    ...idle
      .filter(({ path }) => startsWith(path, document.objectPath))
      .map(({ path, to }) => ({ path: path.slice(length), to })),
  ]);
  if (after === undefined || !sameJson(after.object, wanted)) {
    setbacks.push({ kind: "left", path: [], message: "its edits would change more than this pod" });
    return false;
  }
  return isTaken(mended, after);
}
