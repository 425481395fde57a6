// The card of seccompProfile.
import type { FieldCard } from "./card.ts";

export const seccompProfile: FieldCard<"seccompProfile"> = {
  name: "seccompProfile",
  at: ["pod", "container"],
  merge: "containerWins",
  type: "object",
  subfields: ["type", "localhostProfile"],
  values: ["RuntimeDefault", "Localhost", "Unconfined"],
  since: "v1.19",
  summary:
    "The filter of system calls; unset means none, unless the kubelet runs with seccompDefault.",
  rooms: [
    "apiserver/seccompVersionSkew",
    "apiserver/validation/seccompProfile",
    "podsecurity/checks/seccompProfileBaseline",
    "podsecurity/checks/seccompProfileRestricted",
    "kubelet/getSeccompProfile",
    "containerd/seccomp",
    "dockershim/securityOpts",
    "docker/seccomp",
    "runc/setupSeccomp",
  ],
};
