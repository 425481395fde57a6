import { testCheck } from "../../../../test/checkRows.ts";
import { procMount } from "./procMount.ts";

const UNMASKED = { name: "a", securityContext: { procMount: "Unmasked" } };
const REFUSAL = 'procMount (container "a" must not set securityContext.procMount to "Unmasked")';
const AT = ["/spec/containers/0/securityContext/procMount"];

testCheck(procMount, [
  {
    says: "Default and absent",
    spec: { containers: [{ name: "a", securityContext: { procMount: "Default" } }, { name: "b" }] },
  },
  {
    says: "Unmasked",
    spec: { containers: [UNMASKED] },
    refusal: REFUSAL,
    at: AT,
    mended: { containers: [{ name: "a", securityContext: { procMount: "Default" } }] },
  },
  { says: "Unmasked in a user namespace", spec: { hostUsers: false, containers: [UNMASKED] } },
  {
    says: "Unmasked in a user namespace, before the exemption",
    version: "v1.34",
    spec: { hostUsers: false, containers: [UNMASKED] },
    refusal: REFUSAL,
    at: AT,
  },
  {
    says: "several types",
    spec: { containers: [UNMASKED, { name: "b", securityContext: { procMount: "" } }] },
    refusal:
      'procMount (containers "a", "b" must not set securityContext.procMount to "", "Unmasked")',
    at: [...AT, "/spec/containers/1/securityContext/procMount"],
  },
]);
