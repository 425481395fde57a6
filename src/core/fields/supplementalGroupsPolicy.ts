// The card of supplementalGroupsPolicy.
import type { FieldCard } from "./card.ts";

export const supplementalGroupsPolicy: FieldCard<"supplementalGroupsPolicy"> = {
  name: "supplementalGroupsPolicy",
  at: ["pod"],
  merge: "podOnly",
  type: "enum",
  values: ["Merge", "Strict"],
  since: "v1.31",
  summary:
    "Whether groups of the image's /etc/group count too (Merge) or only those of the manifest (Strict).",
  rooms: [
    "apiserver/validation/podSecurityContext",
    "kubelet/supplementalGroups",
    "kubelet/admission/predicates",
    "containerd/groups",
  ],
};
