// Drops the fields whose feature gate is off, as if they had not been sent; a running pod that has one keeps it.
// @see kubernetes v1.37.2 pkg/api/pod/util.go dropDisabledFields
import type { PodSpec } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { GATED_FIELDS } from "./gatedFields.ts";

/** `spec` itself where nothing is dropped. */
export function dropDisabledFields(spec: PodSpec, world: World, oldSpec?: PodSpec): PodSpec {
  let kept = spec;
  for (const { gate, isUsed, drop } of GATED_FIELDS) {
    if (!isUsed(kept) || gateEnabled(world, gate)) continue;
    if (oldSpec === undefined || !isUsed(oldSpec)) kept = drop(kept);
  }
  return kept;
}
