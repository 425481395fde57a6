// The card of supplementalGroups.
import type { FieldCard } from "./card.ts";

export const supplementalGroups: FieldCard<"supplementalGroups"> = {
  name: "supplementalGroups",
  at: ["pod"],
  merge: "podOnly",
  type: "int64 list",
  since: "v1.2",
  summary: "Further groups of every process of the pod.",
  rooms: [
    "apiserver/validation/ids",
    "kubelet/supplementalGroups",
    "containerd/groups",
    "dockershim/modifyHostConfig",
    "docker/user",
  ],
};
