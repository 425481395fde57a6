// Which capabilities a container can have at most: what the runtime's document leaves in its process's bounding set.
import { capabilitySet } from "../containerd/capabilities.ts";
import { normalized, tweaked } from "../docker/capabilities.ts";
import type { Journey } from "../journey.ts";
import type { EffectiveContext } from "../kubelet/effective.ts";
import type { World } from "../model/world.ts";
import { fromMask } from "../rules/capabilitySet.ts";
import { isKernelCapability, kernelCapabilities } from "../rules/hostCapabilities.ts";
import { DEFAULT_CAPABILITIES } from "../tables/containerd.ts";

/** Without `CAP_`, sorted. Of a container that some stage refuses: what the runtime would make of the request. */
export function grantedCapabilities(
  name: string,
  effective: EffectiveContext,
  { containers, world }: Pick<Journey, "containers" | "world">,
): readonly string[] {
  const status = containers?.find((walk) => walk.name === name)?.status ?? null;
  const granted =
    status === null ? requested(effective, world) : fromMask(BigInt(`0x${status.CapBnd}`));
  return granted.map((capability) => capability.slice("CAP_".length)).sort();
}

function requested({ privileged, capabilities }: EffectiveContext, world: World): string[] {
  const all = kernelCapabilities(world);
  if (privileged?.value === true) return [...all];
  const add = capabilities?.value?.add ?? [];
  const drop = capabilities?.value?.drop ?? [];
  const names =
    world.runtime.name === "containerd"
      ? capabilitySet(DEFAULT_CAPABILITIES, { add, drop }, all)
      : tweaked({ add: add.map(normalized), drop: drop.map(normalized) }, all);
  return [...new Set(names)].filter((name) => isKernelCapability(name, world));
}
