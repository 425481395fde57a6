// AppArmor: the profile asked for, whatever it is, or dockerd's own, which must be there; a privileged container has none unless it asks.
// @see moby v28.5.2 daemon/oci_linux.go WithApparmor; daemon/apparmor_default.go ensureDefaultAppArmorProfile
import type { Facts } from "./facts.ts";
import type { CreateRequest } from "./request.ts";
import type { SpecOpt } from "./specDraft.ts";

const UNCONFINED = "unconfined";
export const DEFAULT_PROFILE = "docker-default";

export function withApparmor(asked: string, { privileged }: CreateRequest, facts: Facts): SpecOpt {
  return ({ process }) => {
    if (!facts.appArmorEnabled) return undefined;
    const profile = asked || (privileged ? UNCONFINED : DEFAULT_PROFILE);
    if (profile === DEFAULT_PROFILE && !isDefaultAtHand(facts)) {
      return `AppArmor enabled on system but the ${DEFAULT_PROFILE} profile could not be loaded: running \`${facts.release.appArmorLoad}\` failed with output: \nerror: exec: "apparmor_parser": executable file not found in $PATH`;
    }
    process.apparmorProfile = profile;
    return undefined;
  };
}

/** Loaded, or it can be loaded. Where nobody knows what is loaded, a daemon that had a parser has done so at its start. */
function isDefaultAtHand({ world }: Facts): boolean {
  const { appArmorProfiles, appArmorParser, appArmorParserRemoved } = world.node;
  if (appArmorProfiles === undefined) return appArmorParser;
  if (appArmorProfiles.includes(DEFAULT_PROFILE)) return true;
  return appArmorParser && appArmorParserRemoved !== true;
}
