// Which capabilities a container can have at most: what the runtime's document leaves in its process's bounding set.
import { isAll, specName } from "../containerd/capabilities.ts";
import { ALL, normalized } from "../docker/capabilities.ts";
import type { Journey } from "../journey.ts";
import type { EffectiveContext } from "../kubelet/effective.ts";
import type { World } from "../model/world.ts";
import { fromMask } from "../rules/capabilitySet.ts";
import { isKernelCapability, kernelCapabilities } from "../rules/hostCapabilities.ts";
import { DEFAULT_CAPABILITIES } from "../tables/containerd.ts";
import { DOCKER_CAPABILITIES } from "../tables/docker.ts";

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
  const { add, drop } = capabilities?.value ?? {};
  const asked = { all, add: add ?? [], drop: drop ?? [] };
  const names = world.runtime.name === "containerd" ? byContainerd(asked) : byDocker(asked);
  return [...new Set(names)].filter((name) => isKernelCapability(name, world));
}

interface Asked {
  readonly all: readonly string[];
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

/** @see withCapabilities in core/containerd: drop's ALL comes after add's, and what is added by name after both */
function byContainerd({ all, add, drop }: Asked): string[] {
  const begun = add.some(isAll) ? all : DEFAULT_CAPABILITIES;
  const kept = drop.some(isAll) ? [] : begun;
  const dropped = drop.map(specName);
  return [...kept, ...add.map(specName)].filter((name) => !dropped.includes(name));
}

/** @see tweakCapabilities in core/docker: what is added wins */
function byDocker({ all, add, drop }: Asked): string[] {
  const [added, dropped] = [add.map(normalized), drop.map(normalized)];
  if (added.includes(ALL)) return all.filter((name) => !dropped.includes(name));
  const kept = dropped.includes(ALL) ? [] : DOCKER_CAPABILITIES;
  return [...kept.filter((name) => !dropped.includes(name)), ...added];
}
