// Which capabilities a container can get at all: what the kernel knows, and what the host leaves to the runtime.
import type { OciSpec } from "../model/oci.ts";
import { atRelease } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { CAPABILITY_COUNT } from "../tables/kernelCapabilities.ts";
import { capabilityBit, toMask } from "./capabilitySet.ts";

/** Names that the host's kernel knows, in the order of their bits. */
export function kernelCapabilities(world: World): readonly string[] {
  const count = capabilityCount(world);
  return count >= CAPABILITIES.length ? CAPABILITIES : CAPABILITIES.slice(0, count);
}

/** Is it the name of a capability that the host's kernel knows? */
export function isKernelCapability(name: string, world: World): boolean {
  return (capabilityBit(name) ?? CAPABILITIES.length) < capabilityCount(world);
}

/** How many capabilities the host's kernel knows: those whose bit is below. */
export function capabilityCount({ node }: World): number {
  return atRelease(CAPABILITY_COUNT, node.kernel) ?? CAPABILITIES.length;
}

function kernelMask(world: World): bigint {
  return MASKS[capabilityCount(world)] ?? toMask(CAPABILITIES);
}

/** Index: how many capabilities are in the mask. */
const MASKS: readonly bigint[] = Array.from({ length: CAPABILITIES.length + 1 }, (_, count) =>
  toMask(CAPABILITIES.slice(0, count)),
);

/** What the host leaves to the runtime. */
export function hostCapabilities(world: World): bigint {
  const known = kernelMask(world);
  const { capabilities } = world.node;
  return capabilities === undefined ? known : toMask(capabilities) & known;
}

/** What the first process of a container starts with: in a user namespace of its own everything, relative to it. */
export function initialCapabilities(spec: OciSpec, world: World): bigint {
  return hasUserNamespace(spec) ? kernelMask(world) : hostCapabilities(world);
}

export function hasUserNamespace(spec: OciSpec): boolean {
  return spec.linux?.namespaces?.some((namespace) => namespace.type === "user") === true;
}
