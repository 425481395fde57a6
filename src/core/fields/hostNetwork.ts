// The card of hostNetwork.
import type { FieldCard } from "./card.ts";

export const hostNetwork: FieldCard<"hostNetwork"> = {
  name: "hostNetwork",
  at: ["podSpec"],
  merge: "podOnly",
  type: "boolean",
  since: "v1.0",
  summary: "The pod shares the node's network.",
  rooms: [
    "apiserver/validation/hostUsers",
    "podsecurity/checks/hostNamespaces",
    "kubelet/namespacesForPod",
    "kubelet/admission/sysctls",
    "kubelet/admission/declaredFeatures",
    "containerd/namespaces",
    "dockershim/namespaceOptions",
    "docker/namespaces",
  ],
};
