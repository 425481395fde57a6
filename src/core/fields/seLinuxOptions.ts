// The card of seLinuxOptions.
import type { FieldCard } from "./card.ts";

export const seLinuxOptions: FieldCard<"seLinuxOptions"> = {
  name: "seLinuxOptions",
  at: ["pod", "container"],
  merge: "containerWins",
  type: "object",
  subfields: ["user", "role", "type", "level"],
  since: "v1.0",
  summary:
    "The SELinux label of the container's process; the container's object replaces the pod's as a whole.",
  rooms: [
    "apiserver/validation/podSecurityContext",
    "podsecurity/checks/seLinuxOptions",
    "kubelet/runtimeSecurityContext",
    "kubelet/generatePodSandboxLinuxConfig",
    "containerd/selinux",
    "dockershim/securityOpts",
    "docker/selinux",
  ],
};
