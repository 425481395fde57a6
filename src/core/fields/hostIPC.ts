// The card of hostIPC.
import type { FieldCard } from "./card.ts";

export const hostIPC: FieldCard<"hostIPC"> = {
  name: "hostIPC",
  at: ["podSpec"],
  merge: "podOnly",
  type: "boolean",
  since: "v1.1",
  summary: "The pod shares the node's System V IPC and POSIX message queues.",
  rooms: ["kubelet/namespacesForPod", "kubelet/admission/sysctls"],
};
