// Which of a pod's findings a person has accepted, and how far: what `fix` and the suggestions of `check` leave alone.
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { fromPointer } from "../../model/finding.ts";
import type { CheckFinding } from "../checked.ts";
import type { AcceptedFinding } from "./accepted.ts";

/** Where the same check refuses something beside it that nobody accepted, a finding is accepted of its field alone. */
export function acceptedOf(
  findings: readonly CheckFinding[],
  pod: PodDocument | undefined,
): AcceptedFinding[] {
  return findings.flatMap(({ id, container, path, suppressed }): AcceptedFinding[] => {
    if (suppressed === undefined) return [];
    const { reason, at } = suppressed;
    const isAlone = findings.some(
      (other) =>
        other.suppressed === undefined &&
        other.id === id &&
        (container === undefined || other.container === undefined || other.container === container),
    );
    const field = isAlone && pod !== undefined ? { field: fieldAt(path, pod) } : {};
    return [{ id, ...(container === undefined ? {} : { container }), ...field, reason, at }];
  });
}

function fieldAt(pointer: string, { workload, object, objectPath }: PodDocument) {
  const path = fromPointer(pointer);
  return {
    path: path.slice(workload.podPath.length),
    value: valueAt(object, path.slice(objectPath.length)),
  };
}
