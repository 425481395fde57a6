import { testCheck } from "../../../../test/checkRows.ts";
import { procMountRestricted } from "./procMountRestricted.ts";

testCheck(procMountRestricted, [
  {
    says: "Default",
    version: "v1.35",
    spec: { containers: [{ name: "a", securityContext: { procMount: "Default" } }] },
  },
  {
    says: "Unmasked, in a user namespace too",
    spec: {
      hostUsers: false,
      containers: [{ name: "a", securityContext: { procMount: "Unmasked" } }],
    },
    refusal: 'procMount (container "a" must not set securityContext.procMount to "Unmasked")',
    at: ["/spec/containers/0/securityContext/procMount"],
  },
]);
