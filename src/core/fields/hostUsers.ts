// The card of hostUsers.
import type { FieldCard } from "./card.ts";

export const hostUsers: FieldCard<"hostUsers"> = {
  name: "hostUsers",
  at: ["podSpec"],
  merge: "podOnly",
  type: "boolean",
  since: "v1.25",
  summary: "false gives the pod a user namespace: its root is nobody on the node.",
  rooms: [
    "apiserver/validation/hostUsers",
    "kubelet/userNamespace",
    "kubelet/admission/sysctls",
    "kubelet/admission/declaredFeatures",
    "containerd/userNamespace",
  ],
};
