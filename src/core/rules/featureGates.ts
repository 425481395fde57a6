// Whether a feature gate is on: set by hand, else the default of the release.
import { at } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { FEATURE_GATES, type GateName, type GateSpec } from "../tables/featureGates.ts";

/**
 * Is the gate on in this world? A locked gate keeps its default whatever the world says, since a real
 * component would refuse to start; a gate that the release does not have yet is off.
 * `AllAlpha` and `AllBeta` in `world.featureGates` set every gate of that stage that is not set by itself.
 * @see kubernetes v1.37.2 component-base/featuregate/feature_gate.go Enabled
 */
export function gateEnabled(
  world: Pick<World, "kubernetes" | "featureGates">,
  name: GateName,
): boolean {
  const spec = at(FEATURE_GATES[name], world.kubernetes);
  if (spec === undefined) return false;
  if (spec.locked) return spec.default;
  const { featureGates } = world;
  return featureGates[name] ?? groupOf(spec, featureGates) ?? spec.default;
}

function groupOf(spec: GateSpec, told: World["featureGates"]): boolean | undefined {
  if (spec.stage === "Alpha") return told["AllAlpha"];
  return spec.stage === "Beta" ? told["AllBeta"] : undefined;
}
