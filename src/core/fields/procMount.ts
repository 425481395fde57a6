// The card of procMount.
import type { FieldCard } from "./card.ts";

export const procMount: FieldCard<"procMount"> = {
  name: "procMount",
  at: ["container"],
  merge: "containerOnly",
  type: "enum",
  values: ["Default", "Unmasked"],
  since: "v1.12",
  summary: "Default hides and write-protects parts of /proc and /sys; Unmasked does not.",
  rooms: [
    "apiserver/validation/securityContext",
    "podsecurity/checks/procMount",
    "podsecurity/checks/procMountRestricted",
    "kubelet/maskedPaths",
    "dockershim/modifyHostConfig",
    "docker/spec",
  ],
};
