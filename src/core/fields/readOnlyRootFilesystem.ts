// The card of readOnlyRootFilesystem.
import type { FieldCard } from "./card.ts";

export const readOnlyRootFilesystem: FieldCard<"readOnlyRootFilesystem"> = {
  name: "readOnlyRootFilesystem",
  at: ["container"],
  merge: "containerOnly",
  type: "boolean",
  since: "v1.2",
  summary: "The container's root filesystem is mounted read-only.",
  rooms: ["kubelet/runtimeSecurityContext", "dockershim/modifyHostConfig", "docker/spec"],
};
