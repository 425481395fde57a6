// Refuses an unmasked /proc at level restricted, even where baseline lets it pass since v1.35.
import { type Check, inContainers } from "../check.ts";
import { procMount_1_0 } from "./procMount.ts";

/** @see pod-security-admission v0.37.2 policy/check_procMount_restricted.go CheckProcMountRestricted */
export const procMountRestricted: Check = {
  id: "procMount_restricted",
  level: "restricted",
  restricts: [
    {
      fields: inContainers("securityContext.procMount"),
      allowed: [{ since: "v1.35", value: [undefined, "Default"] }],
    },
  ],
  versions: [{ since: "v1.35", value: procMount_1_0 }],
  overrides: ["procMount"],
};
