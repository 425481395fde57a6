// The card of windowsOptions.
import type { FieldCard } from "./card.ts";

export const windowsOptions: FieldCard<"windowsOptions"> = {
  name: "windowsOptions",
  at: ["pod", "container"],
  merge: "bySubfield",
  type: "object",
  subfields: ["gmsaCredentialSpecName", "gmsaCredentialSpec", "runAsUserName", "hostProcess"],
  groups: [["gmsaCredentialSpecName", "gmsaCredentialSpec"], ["runAsUserName"], ["hostProcess"]],
  since: "v1.14",
  summary:
    "User, group-managed service account and host process mode of a Windows container; Linux ignores it.",
  rooms: [
    "apiserver/validation/windowsOptions",
    "podsecurity/checks/windowsHostProcess",
    "kubelet/effective",
    "kubelet/windowsHostProcess",
    "kubelet/generatePodSandboxWindowsConfig",
    "kubelet/verifyRunAsNonRootOnWindows",
    "kubelet/generateWindowsContainerConfig",
  ],
};
