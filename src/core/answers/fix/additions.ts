// Which changes only add: nothing that the author wrote is taken away by them.

import { toPointer } from "../../model/finding.ts";
import type { Pod } from "../../model/pod.ts";
import type { Change } from "../../podsecurity/check.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";

/** Something stood there, and not all of it stays. */
export function isTaking({ from, to }: Change): boolean {
  if (from === undefined || from === null) return false;
  if (!Array.isArray(from) || !Array.isArray(to)) return true;
  return from.some((item) => !to.includes(item));
}

/** The API server refuses `allowPrivilegeEscalation: false` of a container that stays privileged. */
export function addableChanges(pod: Pod, changes: readonly LevelChange[]): LevelChange[] {
  const spec = pod.spec as unknown as Readonly<Record<string, readonly Contained[] | undefined>>;
  return changes.filter((change) => {
    // A uid that was told takes root's place.
    const isTold = change.check === "runAsUser" && change.to !== undefined;
    if (isTaking(change) && !isTold) return false;
    // A profile comes only where an annotation goes.
    if (change.check === "appArmorProfile") return false;
    if (change.check !== "allowPrivilegeEscalation") return true;
    const [, list, index] = change.path;
    return spec[String(list)]?.[Number(index)]?.securityContext?.privileged !== true;
  });
}

interface Contained {
  readonly securityContext?: { readonly privileged?: boolean };
}

/** Of several changes of one field, the last. */
export function lastOfEach<T extends Change>(changes: readonly T[]): T[] {
  return [...new Map(changes.map((change) => [toPointer(change.path), change])).values()];
}
