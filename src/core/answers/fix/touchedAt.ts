// Where the text is touched for what a note says: the item of a list, the misspelled field, the annotation that becomes a field, what an anchor brought.
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith } from "../../model/finding.ts";
import type { KubeMinor } from "../../model/version.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { annotationOf } from "./annotations.ts";
import type { FixNote } from "./fixed.ts";
import { asWritten, type Rename } from "./misspelled.ts";

interface Touching {
  readonly document: PodDocument;
  /** The same pod in the edited text. */
  readonly after: PodDocument;
  readonly renames: readonly Rename[];
  readonly kubernetes: KubeMinor;
  /** What anchors brought and is written out now. */
  readonly own: readonly FixNote[];
}

/** Relative to the pod. */
export function touchedAt(
  { kind, path }: FixNote,
  { document, after, renames, kubernetes, own }: Touching,
): FieldPath {
  const written = asWritten(path, renames);
  const old = inPod(document, written);
  if (old === undefined) return annotationOf(document.pod, kubernetes, path) ?? written;
  const now = inPod(after, path);
  if (kind !== "taken" && kind !== "corrected") return written;
  const here = own.find((one) => startsWith(path, one.path));
  if (here !== undefined) return here.path;
  if (!Array.isArray(old) || !Array.isArray(now)) return written;
  const index = old.findIndex((item) => !now.some((one) => sameJson(one, item)));
  return index === -1 ? written : [...written, index];
}

function inPod({ object, objectPath, workload }: PodDocument, path: FieldPath) {
  return valueAt(object, [...workload.podPath.slice(objectPath.length), ...path]);
}
