// The card of privileged.
import type { FieldCard } from "./card.ts";

export const privileged: FieldCard<"privileged"> = {
  name: "privileged",
  at: ["container"],
  merge: "containerOnly",
  type: "boolean",
  since: "v1.0",
  summary:
    "All capabilities, all devices and no confinement: root on the node but for the namespaces.",
  rooms: [
    "apiserver/validation/securityContext",
    "podsecurity/checks/privileged",
    "kubelet/runtimeSecurityContext",
    "kubelet/generatePodSandboxLinuxConfig",
    "containerd/privileged",
    "dockershim/modifyHostConfig",
    "docker/devices",
  ],
};
