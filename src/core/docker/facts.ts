// What dockerd knows of itself, its host and its other containers before it looks at a request.
import { nearestRelease, type Release } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { fromMask } from "../rules/capabilitySet.ts";
import { hostCapabilities, kernelCapabilities } from "../rules/hostCapabilities.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { DOCKER_RELEASES, type DockerRelease } from "../tables/docker.ts";
import type { JoinedContainer } from "./joined.ts";

export interface Facts {
  readonly world: World;
  readonly version: Release;
  readonly release: DockerRelease;
  /** Names that a request may use. */
  readonly knownCapabilities: readonly string[];
  /** What `ALL` and privileged mean, in the order of the bits; of the known ones all that a request can get. */
  readonly allCapabilities: readonly string[];
  readonly appArmorEnabled: boolean;
  readonly seLinuxEnabled: boolean;
  /** A level with categories that no one else has. */
  readonly uniqMcs: () => string;
  /** The level of other containers, where nobody has told it. */
  readonly joinedLevel: string;
  readonly containers: Readonly<Record<string, JoinedContainer>> | undefined;
  /** Parts of the world that an answer would need and nobody told: `image.user`, `node.devices`. */
  readonly unknown: Set<string>;
}

export function factsOf(world: World, containers: Facts["containers"]): Facts {
  const { node, runtime } = world;
  const release = nearestRelease(DOCKER_RELEASES, runtime.version);
  const uniqMcs = categoriesInOrder();
  const last = CAPABILITIES.indexOf(release.lastCapability);
  const knownCapabilities = release.detectsCapabilities
    ? CAPABILITIES.slice(0, last + 1)
    : kernelCapabilities(world).slice(0, last + 1);
  return {
    world,
    version: runtime.version,
    release,
    knownCapabilities,
    allCapabilities: release.detectsCapabilities
      ? fromMask(hostCapabilities(world))
      : knownCapabilities,
    appArmorEnabled:
      node.appArmor && (node.appArmorParser || release.withoutAppArmorParser === "refuses"),
    seLinuxEnabled: node.seLinux && runtime.config.selinuxEnabled === true,
    uniqMcs,
    joinedLevel: uniqMcs(),
    containers,
    unknown: new Set(),
  };
}

/**
 * dockerd draws two random categories, A < B, for every container. Here the first draw is `s0:c0,c1`, the second
 * `s0:c2,c3` and so on: equal where the real ones are equal, different where they differ.
 */
function categoriesInOrder(): () => string {
  let drawn = 0;
  return () => {
    const first = 2 * drawn;
    drawn += 1;
    return `s0:c${first},c${first + 1}`;
  };
}
