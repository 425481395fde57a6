// The card of appArmorProfile.
import type { FieldCard } from "./card.ts";

export const appArmorProfile: FieldCard<"appArmorProfile"> = {
  name: "appArmorProfile",
  at: ["pod", "container"],
  merge: "containerWins",
  type: "object",
  subfields: ["type", "localhostProfile"],
  values: ["RuntimeDefault", "Localhost", "Unconfined"],
  since: "v1.30",
  summary:
    "The AppArmor profile of the container; unset means the runtime's own where the host has AppArmor.",
  rooms: [
    "apiserver/validation/appArmorProfile",
    "podsecurity/checks/appArmorProfile",
    "kubelet/admission/appArmor",
    "kubelet/getAppArmorProfile",
    "containerd/apparmor",
    "dockershim/securityOpts",
    "docker/apparmor",
  ],
};
