// What is said of an anchor that others use too: where a pod has fields of its own now in place of the anchor's.
import type { UnsharedPath } from "../../manifest/edit/anchors.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import { startsWith } from "../../model/finding.ts";
import type { FixNote } from "./fixed.ts";
import { placeOf } from "./takenNotes.ts";

/** Those of one pod. */
export function unsharedNotes(
  { workload, pod }: PodDocument,
  unshared: readonly UnsharedPath[],
): FixNote[] {
  const { podPath } = workload;
  return unshared
    .filter(({ path }) => startsWith(path, podPath))
    .map(({ path, anchor }) => ({
      kind: "unshared",
      ...placeOf(pod, path.slice(podPath.length)),
      message: `the users of &${anchor} are not alike any more: what differs is written here`,
    }));
}
