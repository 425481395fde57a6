// The card of seLinuxChangePolicy.
import type { FieldCard } from "./card.ts";

export const seLinuxChangePolicy: FieldCard<"seLinuxChangePolicy"> = {
  name: "seLinuxChangePolicy",
  at: ["pod"],
  merge: "podOnly",
  type: "enum",
  values: ["Recursive", "MountOption"],
  since: "v1.32",
  summary:
    "Whether volumes get the pod's SELinux label by relabelling every file or by a mount option.",
  rooms: ["apiserver/validation/podSecurityContext"],
};
