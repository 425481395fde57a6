// Refuses volumes from the host's file system.
import type { Check, Refusal } from "../check.ts";
import type { PodView, VolumeView } from "../podView.ts";
import { forbiddenVolume } from "../volumeSources.ts";
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
    if (!view.sources.includes("hostPath")) continue;
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
