// The card of fsGroupChangePolicy.
import type { FieldCard } from "./card.ts";

export const fsGroupChangePolicy: FieldCard<"fsGroupChangePolicy"> = {
  name: "fsGroupChangePolicy",
  at: ["pod"],
  merge: "podOnly",
  type: "enum",
  values: ["Always", "OnRootMismatch"],
  since: "v1.18",
  summary:
    "Whether a volume's whole tree is given to the fsGroup each time, or only if its root does not look like it.",
  rooms: ["apiserver/validation/podSecurityContext", "kubelet/ownership"],
};
