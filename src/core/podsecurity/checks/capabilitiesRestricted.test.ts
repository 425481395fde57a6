import { testCheck } from "../../../../test/checkRows.ts";
import { capabilitiesRestricted } from "./capabilitiesRestricted.ts";

function container(name: string, capabilities: unknown): object {
  return { name, securityContext: { capabilities } };
}
const MISSING = 'must set securityContext.capabilities.drop=["ALL"]';
const DROP = "/spec/containers/0/securityContext/capabilities/drop";

testCheck(capabilitiesRestricted, [
  {
    says: "ALL dropped, NET_BIND_SERVICE added",
    spec: { containers: [container("a", { drop: ["NET_RAW", "ALL"], add: ["NET_BIND_SERVICE"] })] },
  },
  {
    says: "nothing dropped",
    version: "v1.22",
    spec: { containers: [{ name: "a" }] },
    refusal: `unrestricted capabilities (container "a" ${MISSING})`,
    at: [DROP],
    mended: { containers: [container("a", { drop: ["ALL"] })] },
  },
  {
    says: "all and CAP_ALL are not ALL",
    spec: { containers: [container("a", { drop: ["all", "CAP_ALL"] })] },
    refusal: `unrestricted capabilities (container "a" ${MISSING})`,
    at: [DROP],
    mended: { containers: [container("a", { drop: ["all", "CAP_ALL", "ALL"] })] },
  },
  {
    says: "both objections, each with its containers",
    spec: {
      containers: [
        container("a", { add: ["CHOWN"] }),
        container("b", { drop: ["ALL"], add: ["ALL"] }),
      ],
    },
    refusal: `unrestricted capabilities (container "a" ${MISSING}; containers "a", "b" must not include "ALL", "CHOWN" in securityContext.capabilities.add)`,
    at: [
      DROP,
      "/spec/containers/0/securityContext/capabilities/add/0",
      "/spec/containers/1/securityContext/capabilities/add/0",
    ],
    mended: { containers: [container("a", { drop: ["ALL"] }), container("b", { drop: ["ALL"] })] },
  },
  { says: "Windows", spec: { os: { name: "windows" }, containers: [{ name: "a" }] } },
  {
    says: "Windows, before the exemption",
    version: "v1.24",
    spec: { os: { name: "windows" }, containers: [{ name: "a" }] },
    refusal: `unrestricted capabilities (container "a" ${MISSING})`,
    at: [DROP],
  },
]);
