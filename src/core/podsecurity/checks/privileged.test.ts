import { testCheck } from "../../../../test/checkRows.ts";
import { privileged } from "./privileged.ts";

const PRIVILEGED = { securityContext: { privileged: true } };

testCheck(privileged, [
  { says: "a pod without containers", spec: {} },
  {
    says: "false and absent",
    spec: { containers: [{ name: "a", securityContext: { privileged: false } }, { name: "b" }] },
  },
  {
    says: "no boolean is no true",
    spec: { containers: [{ name: "a", securityContext: { privileged: "true" } }] },
  },
  {
    says: "one container",
    spec: { containers: [{ name: "a", ...PRIVILEGED }] },
    refusal: 'privileged (container "a" must not set securityContext.privileged=true)',
    at: ["/spec/containers/0/securityContext/privileged"],
    mended: { containers: [{ name: "a", securityContext: { privileged: false } }] },
  },
  {
    says: "init containers first, ephemeral ones last",
    version: "v1.0",
    spec: {
      ephemeralContainers: [{ name: "e", ...PRIVILEGED }],
      containers: [{ name: "a" }, { name: "b", ...PRIVILEGED }],
      initContainers: [{ name: "i", ...PRIVILEGED }],
    },
    refusal: 'privileged (containers "i", "b", "e" must not set securityContext.privileged=true)',
    at: [
      "/spec/initContainers/0/securityContext/privileged",
      "/spec/containers/1/securityContext/privileged",
      "/spec/ephemeralContainers/0/securityContext/privileged",
    ],
  },
]);
