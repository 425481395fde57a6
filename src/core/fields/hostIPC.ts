// The card of hostIPC.
import type { FieldCard } from "./card.ts";

export const hostIPC: FieldCard<"hostIPC"> = {
  name: "hostIPC",
  at: ["podSpec"],
  merge: "podOnly",
  type: "boolean",
  since: "v1.1",
  summary: "The pod shares the node's System V IPC and POSIX message queues.",
  rooms: [
    "apiserver/validation/hostUsers",
    "podsecurity/checks/hostNamespaces",
    "kubelet/namespacesForPod",
    "kubelet/admission/sysctls",
    "containerd/namespaces",
    "dockershim/namespaceOptions",
    "docker/namespaces",
  ],
};
