// Remarks on seccomp and AppArmor: profiles that do not hold, or hold otherwise than they read.
import type { Remark, Remarkable } from "./findings.ts";
import { UNCONFINED } from "./seccomp.ts";
import { unmarshalProfile } from "./seccompJson.ts";

const SECCOMP = { field: "seccompProfile", path: ["securityContext", "seccompProfile"] } as const;
const APPARMOR = {
  field: "appArmorProfile",
  path: ["securityContext", "appArmorProfile"],
} as const;

export function profileFindings(of: Remarkable): Remark[] {
  return [...seccompFindings(of), ...appArmorFindings(of)];
}

function seccompFindings({ request, container, facts }: Remarkable): Remark[] {
  const asked = container?.options.seccomp ?? "";
  const { release } = facts;
  if (asked === "" || asked === UNCONFINED) return [];
  if (request.privileged && !release.privilegedSeccomp) {
    const message = "a privileged container runs without seccomp: its profile is not even read";
    return [{ id: "privilegedIgnoresSeccomp", severity: "warning", ...SECCOMP, message }];
  }
  const { profile } = unmarshalProfile(asked, true);
  if (profile === undefined) return [];
  if (profile.defaultAction === "" && (profile.syscalls ?? []).length === 0) {
    const message =
      "the profile has neither a default action nor rules: no filter is installed, the container runs unconfined";
    return [{ id: "emptySeccompProfile", severity: "warning", ...SECCOMP, message }];
  }
  const { flags, listenerPath, defaultErrnoRet } = profile;
  const lost = Object.entries({ flags, listenerPath, defaultErrnoRet })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (release.wholeSeccompProfile || lost.length === 0) return [];
  const message = `this dockerd does not know ${lost.join(", ")} in a profile: the filter goes without`;
  return [{ id: "seccompFieldsIgnored", severity: "warning", ...SECCOMP, message }];
}

function appArmorFindings({ request, container, facts }: Remarkable): Remark[] {
  const asked = container?.options.apparmor ?? "";
  if (!facts.appArmorEnabled) {
    const isOn = facts.world.node.appArmor;
    const where = isOn ? "dockerd finds no apparmor_parser" : "the host has no AppArmor";
    if (asked === UNCONFINED || (asked === "" && !isOn)) return [];
    const message =
      asked === ""
        ? `${where}: the container runs without its default profile`
        : `${where}: the profile ${asked} is not applied`;
    return [{ id: "appArmorIgnored", severity: "warning", ...APPARMOR, message }];
  }
  if (!request.privileged || asked === "" || asked === UNCONFINED) return [];
  const message =
    "the profile holds for the privileged container's own process, not for what docker exec starts in it";
  return [{ id: "privilegedExecUnconfined", severity: "note", ...APPARMOR, message }];
}
