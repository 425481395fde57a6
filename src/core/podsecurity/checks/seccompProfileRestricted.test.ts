import { testCheck } from "../../../../test/checkRows.ts";
import { seccompProfileRestricted } from "./seccompProfileRestricted.ts";

const DEFAULT = { securityContext: { seccompProfile: { type: "RuntimeDefault" } } };
const UNCONFINED = { securityContext: { seccompProfile: { type: "Unconfined" } } };
const MUST = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
const OF_A = "/spec/containers/0/securityContext/seccompProfile";

testCheck(seccompProfileRestricted, [
  { says: "at pod level", spec: { ...DEFAULT, containers: [{ name: "a" }] } },
  { says: "in the container", spec: { containers: [{ name: "a", ...DEFAULT }] } },
  {
    says: "nowhere: the pod's own field mends it",
    version: "v1.19",
    spec: { containers: [{ name: "a" }, { name: "b", securityContext: { seccompProfile: null } }] },
    refusal: `seccompProfile (pod or containers "a", "b" ${MUST})`,
    at: [OF_A, "/spec/containers/1/securityContext/seccompProfile"],
    mended: {
      ...DEFAULT,
      containers: [{ name: "a" }, { name: "b", securityContext: { seccompProfile: null } }],
    },
  },
  {
    says: "a text is no profile",
    spec: { containers: [{ name: "a", securityContext: { seccompProfile: "RuntimeDefault" } }] },
    refusal: `seccompProfile (pod or container "a" ${MUST})`,
    at: [OF_A],
  },
  {
    says: "a forbidden type is worded before a missing one, but both are mended",
    spec: { containers: [{ name: "a", ...UNCONFINED }, { name: "b" }] },
    refusal:
      'seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")',
    at: [`${OF_A}/type`, "/spec/containers/1/securityContext/seccompProfile"],
  },
  {
    says: "a forbidden type at pod level mends those below it",
    spec: { ...UNCONFINED, containers: [{ name: "a" }] },
    refusal:
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    at: ["/spec/securityContext/seccompProfile/type"],
    mended: { ...DEFAULT, containers: [{ name: "a" }] },
  },
  { says: "Windows", spec: { os: { name: "windows" }, containers: [{ name: "a" }] } },
]);
