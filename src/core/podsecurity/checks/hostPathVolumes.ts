// Refuses volumes from the host's file system.
import type { FieldPath } from "../../model/finding.ts";
import { type Change, type Check, type Offence, offenceWith, type Refusal } from "../check.ts";
import type { PodView, VolumeView } from "../podView.ts";
import { joinQuote, pluralize } from "../wording.ts";

export const hostPathVolumes: Check = {
  id: "hostPathVolumes",
  level: "baseline",
  restricts: [
    {
      fields: ["spec.volumes[*].hostPath"],
      allowed: [{ since: "v1.0", value: [undefined] }],
    },
  ],
  versions: [{ since: "v1.0", value: hostPathVolumes_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_hostPathVolumes.go hostPathVolumes_1_0 */
function hostPathVolumes_1_0(pod: PodView): Refusal | undefined {
  let bad: VolumeView[] | undefined;
  for (const view of pod.volumes) {
    if (!isSet(view, "hostPath")) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  const names = bad.map((view) => view.name);
  return {
    reason: "hostPath volumes",
    detail: `${pluralize("volume", "volumes", names.length)} ${joinQuote(names)}`,
    offences: bad.map((view) => forbiddenVolume(view, ["hostPath"])),
  };
}

/** Does the volume have this source? `null` is none. */
export function isSet(view: VolumeView, source: string): boolean {
  const value = view.volume[source];
  return value !== undefined && value !== null;
}

/** The volume with its forbidden sources; an empty directory in their place keeps the mounts valid. */
export function forbiddenVolume(view: VolumeView, sources: readonly string[]): Offence {
  const volume: FieldPath = ["spec", "volumes", view.index];
  const changes: Change[] = sources.map((source) => ({
    path: [...volume, source],
    from: view.volume[source],
    to: undefined,
  }));
  const isLeftEmpty = !Object.keys(view.volume).some(
    (key) => key !== "name" && !sources.includes(key) && isSet(view, key),
  );
  if (isLeftEmpty) changes.push({ path: [...volume, "emptyDir"], from: undefined, to: {} });
  return offenceWith([...volume, ...sources.slice(0, 1)], changes);
}
