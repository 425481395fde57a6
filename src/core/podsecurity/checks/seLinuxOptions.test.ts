import { testCheck } from "../../../../test/checkRows.ts";
import { seLinuxOptions } from "./seLinuxOptions.ts";

function options(seLinuxOptions: unknown): object {
  return { securityContext: { seLinuxOptions } };
}
const AT_POD = "/spec/securityContext/seLinuxOptions";
const AT_A = "/spec/containers/0/securityContext/seLinuxOptions";

testCheck(seLinuxOptions, [
  {
    says: "types for containers; a level is free",
    spec: {
      ...options({ type: "container_t", level: "s0:c1,c2" }),
      containers: [
        { name: "a", ...options({ type: "" }) },
        { name: "b", ...options(null) },
      ],
    },
  },
  { says: "container_engine_t", version: "v1.31", spec: options({ type: "container_engine_t" }) },
  {
    says: "container_engine_t, before it was allowed",
    version: "v1.30",
    spec: options({ type: "container_engine_t" }),
    refusal:
      'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "container_engine_t")',
    at: [`${AT_POD}/type`],
    mended: options({}),
  },
  {
    says: "types sorted, then user, then role",
    spec: {
      ...options({ role: "r", type: "z_t" }),
      containers: [{ name: "a", ...options({ type: "a_t", user: "u" }) }, { name: "b" }],
    },
    refusal:
      'seLinuxOptions (pod and container "a" set forbidden securityContext.seLinuxOptions: types "a_t", "z_t"; user may not be set; role may not be set)',
    at: [`${AT_POD}/type`, `${AT_POD}/role`, `${AT_A}/type`, `${AT_A}/user`],
  },
  {
    says: "containers only",
    spec: { containers: [{ name: "a", ...options({ user: "u", role: "r" }) }] },
    refusal:
      'seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: user may not be set; role may not be set)',
    at: [`${AT_A}/user`, `${AT_A}/role`],
  },
]);
