// Which paths of /proc and /sys the kubelet asks the runtime to hide and to write-protect.
import type { Setting } from "../model/setting.ts";
import { at } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { MASKED_PATHS, MASKS_THERMAL_THROTTLE, READONLY_PATHS } from "../tables/maskedPaths.ts";
import type { EffectiveContext } from "./effective.ts";
import { byDefault } from "./outcome.ts";

/**
 * None for procMount Unmasked; else the release's list and, for each cpu of the node that has it, thermal_throttle.
 * An unknown procMount counts as Default.
 * @see kubernetes v1.37.2 pkg/securitycontext/util.go ConvertToRuntimeMaskedPaths
 */
export function convertToRuntimeMaskedPaths(
  effective: EffectiveContext,
  world: World,
): Setting<readonly string[]> {
  const unmasked = unmaskedBy(effective);
  if (unmasked !== undefined) return unmasked;
  const paths = at(MASKED_PATHS, world.kubernetes) ?? [];
  const { thermalThrottleCpus } = world.node;
  if (thermalThrottleCpus.length === 0) return byDefault(paths);
  if (at(MASKS_THERMAL_THROTTLE, world.kubernetes) !== true) return byDefault(paths);
  return byDefault([
    ...paths,
    ...thermalThrottleCpus.map((cpu) => `/sys/devices/system/cpu/cpu${cpu}/thermal_throttle`),
  ]);
}

/** @see kubernetes v1.37.2 pkg/securitycontext/util.go ConvertToRuntimeReadonlyPaths */
export function convertToRuntimeReadonlyPaths(
  effective: EffectiveContext,
  world: World,
): Setting<readonly string[]> {
  return unmaskedBy(effective) ?? byDefault(at(READONLY_PATHS, world.kubernetes) ?? []);
}

function unmaskedBy(effective: EffectiveContext): Setting<readonly string[]> | undefined {
  const { procMount } = effective;
  return procMount?.value === "Unmasked" ? { value: [], source: procMount.source } : undefined;
}
