// Wants a seccomp profile for every container, its own or the pod's: the runtime's own or one in a file of the node.
import {
  type Check,
  inSecurityContexts,
  type Offence,
  offenceWith,
  type Refusal,
} from "../check.ts";
import { unlessWindows, WINDOWS } from "../exempt.ts";
import {
  type ContainerView,
  inPodSecurityContext,
  inSecurityContext,
  type PodView,
} from "../podView.ts";
import { badProfiles, isAllowedProfile, PROFILE_TYPES, profileType } from "../profiles.ts";
import { nameContainers } from "../wording.ts";
import { refuseBadProfiles } from "./seccompProfileBaseline.ts";

export const seccompProfileRestricted: Check = {
  id: "seccompProfile_restricted",
  level: "restricted",
  restricts: [
    {
      fields: inSecurityContexts("seccompProfile.type"),
      allowed: [{ since: "v1.19", value: PROFILE_TYPES }],
      required: true,
    },
  ],
  exempt: [{ since: "v1.25", value: WINDOWS }],
  versions: [
    { since: "v1.19", value: seccompProfileRestricted_1_19 },
    { since: "v1.25", value: unlessWindows(seccompProfileRestricted_1_19) },
  ],
  overrides: ["seccompProfile_baseline"],
};

/** @see pod-security-admission v0.37.2 policy/check_seccompProfile_restricted.go seccompProfileRestricted_1_19 */
function seccompProfileRestricted_1_19(pod: PodView): Refusal | undefined {
  const missing = implicitlyBad(pod);
  const refusal = refuseBadProfiles(badProfiles(pod, "seccompProfile"));
  if (refusal !== undefined) {
    const all = [...refusal.offences, ...missingOffences(pod, missing)];
    return { ...refusal, offences: all };
  }
  if (missing.length === 0) return undefined;
  return {
    reason: "seccompProfile",
    detail: `pod or ${nameContainers(missing)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    offences: missingOffences(pod, missing),
  };
}

const NONE: readonly ContainerView[] = [];

/** Containers with no profile of their own where the pod's is no help. */
function implicitlyBad(pod: PodView): readonly ContainerView[] {
  const ofPod = profileType(pod.securityContext, "seccompProfile");
  if (ofPod !== undefined && isAllowedProfile(ofPod)) return NONE;
  return pod.containers.filter(
    (view) => profileType(view.securityContext, "seccompProfile") === undefined,
  );
}

/** Upstream words these only when no one sets a forbidden type. One edit at pod level mends all; a bad profile there is mended already. */
function missingOffences(pod: PodView, missing: readonly ContainerView[]): Offence[] {
  if (profileType(pod.securityContext, "seccompProfile") !== undefined) return [];
  const change = {
    path: inPodSecurityContext("seccompProfile"),
    from: pod.securityContext?.seccompProfile,
    to: { type: "RuntimeDefault" },
  };
  return missing.map((view) =>
    offenceWith(inSecurityContext(view, "seccompProfile"), [change], view),
  );
}
