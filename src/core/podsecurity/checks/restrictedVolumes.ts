// Refuses volumes of any source but nine that reach neither the host nor a storage server by the pod's own word.

import { sortedSet } from "../../rules/goText.ts";
import type { Check, Refusal } from "../check.ts";
import type { PodView, VolumeView } from "../podView.ts";
import { ALLOWED_SOURCES, FORBIDDEN_SOURCES, forbiddenVolume } from "../volumeSources.ts";
import { joinQuote, pluralize } from "../wording.ts";

export const restrictedVolumes: Check = {
  id: "restrictedVolumes",
  level: "restricted",
  restricts: [
    {
      fields: FORBIDDEN_SOURCES.map((source) => `spec.volumes[*].${source}`),
      allowed: [{ since: "v1.0", value: [undefined] }],
    },
  ],
  versions: [{ since: "v1.0", value: restrictedVolumes_1_0 }],
  overrides: ["hostPathVolumes"],
};

/** @see pod-security-admission v0.37.2 policy/check_restrictedVolumes.go restrictedVolumes_1_0 */
function restrictedVolumes_1_0(pod: PodView): Refusal | undefined {
  let bad: VolumeView[] | undefined;
  for (const view of pod.volumes) {
    if (view.sources.some((source) => ALLOWED_SOURCES.includes(source))) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  const names = bad.map((view) => view.name);
  const types = sortedSet(bad.map((view) => sourcesOf(view)[0] ?? "unknown"));
  return {
    reason: "restricted volume types",
    detail: `${pluralize("volume", "volumes", names.length)} ${joinQuote(names)} ${pluralize("uses", "use", names.length)} ${pluralize("restricted volume type", "restricted volume types", types.length)} ${joinQuote(types)}`,
    offences: bad.map((view) => forbiddenVolume(view, sourcesOf(view))),
  };
}

function sourcesOf(view: VolumeView): readonly string[] {
  return FORBIDDEN_SOURCES.filter((source) => view.sources.includes(source));
}
