// Whether a capability that an added name means is new to its container, and whether a level of Pod Security lets it have it.
import { determineEffectiveSecurityContext } from "../../kubelet/effective.ts";
import type { ContainerAt, Pod } from "../../model/pod.ts";
import { at as atVersion, type KubeMinor } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { capabilitiesBaseline } from "../../podsecurity/checks/capabilitiesBaseline.ts";
import { capabilitiesRestricted } from "../../podsecurity/checks/capabilitiesRestricted.ts";
import type { Level } from "../../podsecurity/level.ts";
import { kernelCapabilities } from "../../rules/hostCapabilities.ts";
import { grantedCapabilities } from "../grantedCapabilities.ts";

/** @param name without CAP_; ALL means all of them */
export function hasCapability(
  pod: Pod,
  at: ContainerAt,
  { name, world }: { readonly name: string; readonly world: World },
): boolean {
  const effective = determineEffectiveSecurityContext(pod, at);
  const has = grantedCapabilities(at.container.name, effective, { containers: null, world });
  const asked =
    name === "ALL" ? kernelCapabilities(world).map((one) => one.replace("CAP_", "")) : [name];
  return asked.every((one) => has.includes(one));
}

/** Privileged lists nothing: what baseline lets in is safe there, too; all else is the author's to say. */
export function isPermitted(name: string, level: Level, version: KubeMinor): boolean {
  const check = level === "restricted" ? capabilitiesRestricted : capabilitiesBaseline;
  return check.restricts.some(
    ({ allowed = [] }) => atVersion(allowed, version)?.includes(name) === true,
  );
}
