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

/** Of one container, looked up when it is first asked. Names are without CAP_; ALL means all of them. */
export function capabilityTest(pod: Pod, at: ContainerAt, world: World): (name: string) => boolean {
  let granted: ReadonlySet<string> | undefined;
  const all = () => kernelCapabilities(world).map((one) => one.replace("CAP_", ""));
  return (name) => {
    granted ??= new Set(
      grantedCapabilities(at.container.name, determineEffectiveSecurityContext(pod, at), {
        ...{ containers: null, world },
      }),
    );
    const has = granted;
    return (name === "ALL" ? all() : [name]).every((one) => has.has(one));
  };
}

/** Privileged lists nothing: what baseline lets in is safe there, too; all else is the author's to say. */
export function isPermitted(name: string, level: Level, version: KubeMinor): boolean {
  const check = level === "restricted" ? capabilitiesRestricted : capabilitiesBaseline;
  return check.restricts.some(
    ({ allowed = [] }) => atVersion(allowed, version)?.includes(name) === true,
  );
}
