// The card of runAsNonRoot.
import type { FieldCard } from "./card.ts";

export const runAsNonRoot: FieldCard<"runAsNonRoot"> = {
  name: "runAsNonRoot",
  at: ["pod", "container"],
  merge: "containerWins",
  type: "boolean",
  since: "v1.1",
  summary:
    "The kubelet refuses to start the container as uid 0, and with a user it cannot tell to be another.",
  rooms: [
    "podsecurity/checks/runAsNonRoot",
    "kubelet/verifyRunAsNonRoot",
    "kubelet/verifyRunAsNonRootOnWindows",
  ],
};
