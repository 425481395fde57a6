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
  /** How many labels have been given categories of their own: see uniqMcs. */
  readonly drawn: { count: number };
  /** Parts of the world that an answer would need and nobody told: `image.user`, `node.devices`. */
  readonly unknown: Set<string>;
}

export function factsOf(world: World): Facts {
  const { node, runtime } = world;
  return {
    world,
    release: nearestRelease(CONTAINERD_RELEASES, runtime.version),
    allCaps: allCapsOf(world),
    appArmorEnabled: hostSupportsAppArmor(world),
    seLinuxEnabled: node.seLinux && runtime.config.enableSelinux === true,
    drawn: { count: 0 },
    unknown: new Set(),
  };
}

/** Facts of a container's own, behind those of its sandbox: what it draws or misses does not touch its neighbours. */
export function forContainer(facts: Facts): Facts {
  return { ...facts, drawn: { ...facts.drawn }, unknown: new Set(facts.unknown) };
}

function allCapsOf(world: World): readonly string[] {
  const { capabilities } = world.node;
  return capabilities === undefined ? kernelCapabilities(world) : fromMask(toMask(capabilities));
}

/** @see containerd v2.1.9 pkg/apparmor/apparmor_linux.go hostSupports, asked once when the daemon starts */
function hostSupportsAppArmor({ node, runtime }: World): boolean {
  return node.appArmor && node.appArmorParser && runtime.config.disableAppArmor !== true;
}

/**
 * A level with categories that no one else has. containerd draws two random categories, A < B, for every label that does not name its level. Here the first draw of a
 * pod is `s0:c0,c1`, the second `s0:c2,c3` and so on: equal where the real ones are equal, different where they differ.
 */
export function uniqMcs({ world, drawn }: Facts): string {
  const range = world.runtime.config.selinuxCategoryRange ?? 1024;
  const first = 2 * drawn.count;
  drawn.count += 1;
  if (first + 1 < range) return `s0:c${first},c${first + 1}`;
  return `s0:c0,c${1 + (drawn.count % Math.max(1, range - 1))}`;
}
