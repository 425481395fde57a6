// The card of allowPrivilegeEscalation.
import type { FieldCard } from "./card.ts";

export const allowPrivilegeEscalation: FieldCard<"allowPrivilegeEscalation"> = {
  name: "allowPrivilegeEscalation",
  at: ["container"],
  merge: "containerOnly",
  type: "boolean",
  since: "v1.8",
  summary:
    "false sets the kernel's no_new_privs flag: setuid binaries and file capabilities give nothing new.",
  rooms: [
    "apiserver/validation/securityContext",
    "podsecurity/checks/allowPrivilegeEscalation",
    "kubelet/addNoNewPrivileges",
    "dockershim/securityOpts",
    "docker/securityOpt",
  ],
};
