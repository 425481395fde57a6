// What containerd knows of itself and its host before it looks at a request.
import { nearestRelease } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { fromMask, toMask } from "../rules/capabilitySet.ts";
import { kernelCapabilities } from "../rules/hostCapabilities.ts";
import { CONTAINERD_RELEASES, type ContainerdRelease } from "../tables/containerd.ts";

export interface Facts {
  readonly world: World;
  readonly release: ContainerdRelease;
  /** Capabilities of the daemon itself, in the order of their bits. */
  readonly allCaps: readonly string[];
  readonly appArmorEnabled: boolean;
  readonly seLinuxEnabled: boolean;
  /** A level with categories that no one else has. */
  readonly uniqMcs: () => string;
  /** Parts of the world that an answer would need and nobody told: `image.user`, `node.devices`. */
  readonly unknown: Set<string>;
}

export function factsOf(world: World): Facts {
  const { node, runtime } = world;
  return {
    world,
    release: nearestRelease(CONTAINERD_RELEASES, runtime.version),
    allCaps: fromMask(toMask(node.capabilities ?? kernelCapabilities(world))),
    appArmorEnabled: hostSupportsAppArmor(world),
    seLinuxEnabled: node.seLinux && runtime.config.enableSelinux === true,
    uniqMcs: categoriesInOrder(runtime.config.selinuxCategoryRange ?? 1024),
    unknown: new Set(),
  };
}

/** @see containerd v2.1.9 pkg/apparmor/apparmor_linux.go hostSupports, asked once when the daemon starts */
function hostSupportsAppArmor({ node, runtime }: World): boolean {
  return node.appArmor && node.appArmorParser && runtime.config.disableAppArmor !== true;
}

/**
 * containerd draws two random categories, A < B, for every label that does not name its level. Here the first draw of a
 * pod is `s0:c0,c1`, the second `s0:c2,c3` and so on: equal where the real ones are equal, different where they differ.
 */
function categoriesInOrder(range: number): () => string {
  let drawn = 0;
  return () => {
    const first = 2 * drawn;
    drawn += 1;
    if (first + 1 < range) return `s0:c${first},c${first + 1}`;
    return `s0:c0,c${1 + (drawn % Math.max(1, range - 1))}`;
  };
}
