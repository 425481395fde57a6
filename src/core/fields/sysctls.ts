// The card of sysctls.
import type { FieldCard } from "./card.ts";

export const sysctls: FieldCard<"sysctls"> = {
  name: "sysctls",
  at: ["pod"],
  merge: "podOnly",
  type: "object list",
  subfields: ["name", "value"],
  since: "v1.11",
  summary: "Kernel parameters of the pod's own namespaces.",
  rooms: [
    "apiserver/validation/sysctls",
    "podsecurity/checks/sysctls",
    "kubelet/admission/sysctls",
    "kubelet/applyPodSysctls",
    "kubelet/generatePodSandboxLinuxConfig",
    "containerd/sysctls",
    "docker/sysctls",
    "runc/sysctl",
    "runc/writeSysctls",
  ],
};
