// AppArmor: which profile a container gets, on hosts where containerd can use AppArmor and where it cannot.
// @see containerd v2.1.9 internal/cri/sputil/apparmor_linux.go GenerateApparmorSpecOpts
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { DEFAULT_APPARMOR_PROFILE } from "../tables/containerd.ts";
import type { Facts } from "./facts.ts";
import { generateSecurityProfile, type ProfileOrError, trimLocalhost } from "./securityProfile.ts";
import { change, type SpecOpt } from "./specDraft.ts";

export type OptOrError =
  | { readonly opt: SpecOpt | undefined; readonly error?: undefined }
  | { readonly error: string };

/** Unset means the default profile, but for privileged containers; Localhost holds for them too. */
export function generateApparmorSpecOpts(sc: CriSecurityContext, facts: Facts): OptOrError {
  const asked = profileOf(sc);
  if (asked.error !== undefined) return asked;
  const { profile } = asked;
  if (!facts.appArmorEnabled) {
    return profile === undefined || profile.type === "Unconfined"
      ? { opt: undefined }
      : { error: "apparmor is not supported" };
  }
  const { type, localhostRef } = profile ?? { type: "RuntimeDefault", localhostRef: "" };
  if (type !== "Localhost" && localhostRef !== "") {
    return {
      error: "apparmor config invalid LocalhostRef must only be set if ProfileType is Localhost",
    };
  }
  switch (type) {
    case "Unconfined":
      return { opt: undefined };
    case "RuntimeDefault":
      return { opt: sc.privileged ? undefined : withDefaultProfile(facts) };
    case "Localhost":
      return localhostProfile(trimLocalhost(localhostRef), facts);
    default:
      return { error: "apparmor unknown ProfileType" };
  }
}

function profileOf(sc: CriSecurityContext): ProfileOrError {
  if (sc.apparmor !== undefined) return { profile: sc.apparmor };
  return sc.apparmorProfile === ""
    ? { profile: undefined }
    : generateSecurityProfile(sc.apparmorProfile);
}

/** What is loaded may be unknown: then any name counts as loaded. */
function localhostProfile(name: string, { world, unknown }: Facts): OptOrError {
  if (name === "") {
    return {
      error: "failed to generate apparmor spec opts: nil apparmor profile is not supported",
    };
  }
  const loaded = world.node.appArmorProfiles;
  if (loaded === undefined) unknown.add("node.appArmorProfiles");
  // The kernel lists `NAME (MODE)`, and containerd compares up to the bracket.
  const exists = loaded?.some((line) => `${line} (`.startsWith(`${name} (`)) ?? true;
  return exists ? { opt: withProfile(name) } : { error: `apparmor profile not found ${name}` };
}

/**
 * Loads the profile when nobody has yet.
 * @see containerd v2.1.9 contrib/apparmor/apparmor.go LoadDefaultProfile; template.go loadData
 */
function withDefaultProfile({ world }: Facts): SpecOpt {
  const { appArmorProfiles, appArmorParserRemoved } = world.node;
  const isLoaded = appArmorProfiles?.includes(DEFAULT_APPARMOR_PROFILE) ?? true;
  if (isLoaded || appArmorParserRemoved !== true) return withProfile(DEFAULT_APPARMOR_PROFILE);
  return () =>
    'get apparmor_parser version: exec: "apparmor_parser": executable file not found in $PATH';
}

function withProfile(name: string): SpecOpt {
  return change(({ process }) => {
    process.apparmorProfile = name;
  });
}
