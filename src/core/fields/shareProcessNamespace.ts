// The card of shareProcessNamespace.
import type { FieldCard } from "./card.ts";

export const shareProcessNamespace: FieldCard<"shareProcessNamespace"> = {
  name: "shareProcessNamespace",
  at: ["podSpec"],
  merge: "podOnly",
  type: "boolean",
  since: "v1.10",
  summary: "All containers of the pod see each other's processes.",
  rooms: ["kubelet/namespacesForPod", "containerd/namespaces", "dockershim/namespaceOptions"],
};
