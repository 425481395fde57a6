// A document as it would be with its pod changed; its text stays as it is.
import type { PodDocument } from "../../manifest/manifest.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";

/** @param changes relative to the pod */
export function withPodChanges(
  document: PodDocument,
  changes: readonly FieldChange[],
): PodDocument {
  const { object, objectPath, workload } = document;
  const own = workload.podPath.slice(objectPath.length);
  const inObject = changes.map(({ path, to }) => ({ path: [...own, ...path], to }));
  return {
    ...document,
    pod: applyChanges(document.pod, changes),
    object: applyChanges(object, inObject),
  };
}
