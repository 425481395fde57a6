// What the checks of seccomp and AppArmor profiles share: who sets a type that is not allowed, and where.
import type { FieldPath } from "../model/finding.ts";
import { type Offence, offence } from "./check.ts";
import {
  type ContainerView,
  inPodSecurityContext,
  inSecurityContext,
  isObject,
  type PodView,
  textOf,
} from "./podView.ts";
import { nameContainers } from "./wording.ts";

export type ProfileField = "seccompProfile" | "appArmorProfile";

/** The types that both fields may hold; the third, Unconfined, is the forbidden one. */
export const PROFILE_TYPES: readonly string[] = ["RuntimeDefault", "Localhost"];

type Context = PodView["securityContext"] | ContainerView["securityContext"];

export interface BadProfiles {
  /** `pod`, `container "a"`; what the sentence begins with. */
  readonly setters: readonly string[];
  /** With repetitions. */
  readonly types: readonly string[];
  readonly offences: readonly Offence[];
}

const NONE: BadProfiles = { setters: [], types: [], offences: [] };

/** The type of the profile that is set here, `""` if it has none; undefined where no profile is set. */
export function profileType(context: Context, field: ProfileField): string | undefined {
  const profile = context?.[field];
  return isObject(profile) ? textOf(profile.type) : undefined;
}

/** May the profile stand as it is? */
export function isAllowedProfile(type: string): boolean {
  return PROFILE_TYPES.includes(type);
}

/** Everyone who sets a profile of another type. */
export function badProfiles(pod: PodView, field: ProfileField): BadProfiles {
  const ofPod = profileType(pod.securityContext, field);
  const podIsBad = ofPod !== undefined && !isAllowedProfile(ofPod);
  let bad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    const type = profileType(view.securityContext, field);
    if (type === undefined || isAllowedProfile(type)) continue;
    bad ??= [];
    bad.push(view);
  }
  if (!podIsBad && bad === undefined) return NONE;
  const containers = bad ?? [];
  return {
    setters: [
      ...(podIsBad ? ["pod"] : []),
      ...(bad === undefined ? [] : [nameContainers(containers)]),
    ],
    types: [
      ...(podIsBad ? [ofPod] : []),
      ...containers.map((view) => profileType(view.securityContext, field) ?? ""),
    ],
    offences: [
      ...(podIsBad
        ? [profileOffence(inPodSecurityContext(field), pod.securityContext, field)]
        : []),
      ...containers.map((view) =>
        profileOffence(inSecurityContext(view, field), view.securityContext, field, view),
      ),
    ],
  };
}

/** A profile without a file changes its type alone; another one goes as a whole, since only Localhost may name a file. */
function profileOffence(
  path: FieldPath,
  context: Context,
  field: ProfileField,
  view?: ContainerView,
): Offence {
  const profile = context?.[field];
  const type = { from: profile?.type, to: "RuntimeDefault" };
  if (profile?.localhostProfile === undefined) return offence([...path, "type"], type, view);
  return offence(path, { from: profile, to: { type: "RuntimeDefault" } }, view);
}
