// The card of runAsUser.
import type { FieldCard } from "./card.ts";

export const runAsUser: FieldCard<"runAsUser"> = {
  name: "runAsUser",
  at: ["pod", "container"],
  merge: "containerWins",
  type: "int64",
  since: "v1.0",
  summary: "The user id that the container's process starts with; unset, the image's USER decides.",
  rooms: [
    "apiserver/validation/ids",
    "podsecurity/checks/runAsUser",
    "kubelet/verifyRunAsNonRoot",
    "kubelet/runtimeSecurityContext",
    "kubelet/generatePodSandboxLinuxConfig",
    "containerd/user",
    "dockershim/modifyContainerConfig",
    "docker/user",
  ],
};
