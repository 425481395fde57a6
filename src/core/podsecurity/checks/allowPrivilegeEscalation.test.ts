import { testCheck } from "../../../../test/checkRows.ts";
import { allowPrivilegeEscalation } from "./allowPrivilegeEscalation.ts";

const REFUSAL =
  'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)';
const AT = ["/spec/containers/0/securityContext/allowPrivilegeEscalation"];

testCheck(allowPrivilegeEscalation, [
  {
    says: "false",
    spec: { containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: false } }] },
  },
  {
    says: "absent, since the default is true",
    version: "v1.8",
    spec: { containers: [{ name: "a" }] },
    refusal: REFUSAL,
    at: AT,
    mended: { containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: false } }] },
  },
  {
    says: "null is absent",
    spec: { containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: null } }] },
    refusal: REFUSAL,
    at: AT,
  },
  {
    says: "several",
    spec: {
      containers: [
        { name: "a", securityContext: { allowPrivilegeEscalation: true } },
        { name: "b" },
      ],
    },
    refusal:
      'allowPrivilegeEscalation != false (containers "a", "b" must set securityContext.allowPrivilegeEscalation=false)',
    at: [...AT, "/spec/containers/1/securityContext/allowPrivilegeEscalation"],
  },
  {
    says: "Windows",
    version: "v1.25",
    spec: { os: { name: "windows" }, containers: [{ name: "a" }] },
  },
  {
    says: "Windows, before the exemption",
    version: "v1.24",
    spec: { os: { name: "windows" }, containers: [{ name: "a" }] },
    refusal: REFUSAL,
    at: AT,
  },
]);
