// The card of capabilities.
import type { FieldCard } from "./card.ts";

export const capabilities: FieldCard<"capabilities"> = {
  name: "capabilities",
  at: ["container"],
  merge: "containerOnly",
  type: "object",
  subfields: ["add", "drop"],
  since: "v1.0",
  summary:
    "Capabilities added to and dropped from the runtime's default set; the API checks no name.",
  rooms: [
    "apiserver/validation/securityContext",
    "podsecurity/checks/capabilitiesBaseline",
    "podsecurity/checks/capabilitiesRestricted",
    "kubelet/runtimeSecurityContext",
    "containerd/capabilities",
    "dockershim/modifyHostConfig",
    "docker/capabilities",
  ],
};
