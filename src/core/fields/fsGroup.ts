// The card of fsGroup.
import type { FieldCard } from "./card.ts";

export const fsGroup: FieldCard<"fsGroup"> = {
  name: "fsGroup",
  at: ["pod"],
  merge: "podOnly",
  type: "int64",
  since: "v1.2",
  summary: "The group that owns the pod's volumes, and a further group of every process.",
  rooms: [
    "apiserver/validation/ids",
    "kubelet/supplementalGroups",
    "kubelet/ownership",
    "containerd/groups",
  ],
};
