// Which capabilities a container can get at all: what the kernel knows, and what the host leaves to the runtime.
import type { OciSpec } from "../model/oci.ts";
import { atRelease } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { CAPABILITY_COUNT } from "../tables/kernelCapabilities.ts";
import { toMask } from "./capabilitySet.ts";

/** Names that the host's kernel knows, in the order of their bits. */
export function kernelCapabilities(world: World): readonly string[] {
  const count = atRelease(CAPABILITY_COUNT, world.node.kernel) ?? CAPABILITIES.length;
  return count >= CAPABILITIES.length ? CAPABILITIES : CAPABILITIES.slice(0, count);
}

/** What the host leaves to the runtime. */
export function hostCapabilities(world: World): bigint {
  const known = toMask(kernelCapabilities(world));
  const { capabilities } = world.node;
  return capabilities === undefined ? known : toMask(capabilities) & known;
}

/** What the first process of a container starts with: in a user namespace of its own everything, relative to it. */
export function initialCapabilities(spec: OciSpec, world: World): bigint {
  return hasUserNamespace(spec) ? toMask(kernelCapabilities(world)) : hostCapabilities(world);
}

export function hasUserNamespace(spec: OciSpec): boolean {
  return spec.linux?.namespaces?.some((namespace) => namespace.type === "user") === true;
}
