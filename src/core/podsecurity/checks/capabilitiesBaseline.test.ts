import { testCheck } from "../../../../test/checkRows.ts";
import { capabilitiesBaseline } from "./capabilitiesBaseline.ts";

function container(name: string, add: unknown): object {
  return { name, securityContext: { capabilities: { add } } };
}

testCheck(capabilitiesBaseline, [
  {
    says: "the thirteen that everyone may add",
    spec: { containers: [container("a", ["CHOWN", "SYS_CHROOT", "AUDIT_WRITE"])] },
  },
  { says: "no list", spec: { containers: [container("a", null), container("b", "SYS_ADMIN")] } },
  {
    says: "names are sorted and told once, the rest stays",
    spec: {
      containers: [container("a", ["SYS_ADMIN", "CHOWN", "NET_RAW"]), container("b", ["NET_RAW"])],
    },
    refusal:
      'non-default capabilities (containers "a", "b" must not include "NET_RAW", "SYS_ADMIN" in securityContext.capabilities.add)',
    at: [
      "/spec/containers/0/securityContext/capabilities/add/0",
      "/spec/containers/0/securityContext/capabilities/add/2",
      "/spec/containers/1/securityContext/capabilities/add/0",
    ],
    mended: {
      containers: [container("a", ["CHOWN"]), { name: "b", securityContext: { capabilities: {} } }],
    },
  },
  {
    says: "other spellings are other names, null is an empty one",
    version: "v1.0",
    spec: { initContainers: [container("i", ["CAP_CHOWN", "chown", null])] },
    refusal:
      'non-default capabilities (container "i" must not include "", "CAP_CHOWN", "chown" in securityContext.capabilities.add)',
    at: [0, 1, 2].map(
      (index) => `/spec/initContainers/0/securityContext/capabilities/add/${index}`,
    ),
  },
]);
