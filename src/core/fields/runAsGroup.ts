// The card of runAsGroup.
import type { FieldCard } from "./card.ts";

export const runAsGroup: FieldCard<"runAsGroup"> = {
  name: "runAsGroup",
  at: ["pod", "container"],
  merge: "containerWins",
  type: "int64",
  since: "v1.10",
  summary:
    "The primary group id of the container's process; unset, the runtime looks the user up in the image.",
  rooms: [
    "apiserver/validation/ids",
    "kubelet/runtimeSecurityContext",
    "kubelet/generatePodSandboxLinuxConfig",
    "containerd/user",
    "dockershim/modifyContainerConfig",
    "docker/user",
  ],
};
