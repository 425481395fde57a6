// Drops the fields whose feature gate is off, as if they had not been sent; a running pod that has one keeps it.
// @see kubernetes v1.37.2 pkg/api/pod/util.go dropDisabledFields
import type { PodSpec } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { GATED_FIELDS, type GatedField } from "./gatedFields.ts";

/** Asked for every pod, and the same for all of a world. */
const DISABLED: WeakMap<World, readonly GatedField[]> = new WeakMap();

function disabledIn(world: World): readonly GatedField[] {
  const known = DISABLED.get(world);
  if (known !== undefined) return known;
  const disabled = GATED_FIELDS.filter(({ gate }) => !gateEnabled(world, gate));
  DISABLED.set(world, disabled);
  return disabled;
}

/** `spec` itself where nothing is dropped. */
export function dropDisabledFields(spec: PodSpec, world: World, oldSpec?: PodSpec): PodSpec {
  let kept = spec;
  for (const { isUsed, drop } of disabledIn(world)) {
    if (!isUsed(kept)) continue;
    if (oldSpec === undefined || !isUsed(oldSpec)) kept = drop(kept);
  }
  return kept;
}
