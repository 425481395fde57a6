// The card of hostPID.
import type { FieldCard } from "./card.ts";

export const hostPID: FieldCard<"hostPID"> = {
  name: "hostPID",
  at: ["podSpec"],
  merge: "podOnly",
  type: "boolean",
  since: "v1.1",
  summary: "The pod sees and may signal the node's processes.",
  rooms: [
    "apiserver/validation/hostUsers",
    "podsecurity/checks/hostNamespaces",
    "kubelet/namespacesForPod",
    "containerd/namespaces",
    "dockershim/namespaceOptions",
    "docker/namespaces",
  ],
};
