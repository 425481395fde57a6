// The further groups of a pod's processes as the kubelet sends them, and its word on the image's own groups.
import type { LinuxSandboxSecurityContext } from "../model/cri.ts";
import type { Int64 } from "../model/json.ts";
import type { Setting } from "../model/setting.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import type { EffectiveContext } from "./effective.ts";
import { byDefault, byRule, type Refusal } from "./outcome.ts";

/**
 * fsGroup first, then supplementalGroups in their order: nothing sorted, nothing taken out.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context.go determineEffectiveSecurityContext
 */
export function supplementalGroups(effective: EffectiveContext): Setting<readonly Int64[]> {
  const { fsGroup, supplementalGroups: groups } = effective;
  if (fsGroup === undefined) return groups ?? byDefault([]);
  if (groups === undefined) return { value: [fsGroup.value], source: fsGroup.source };
  return byRule([fsGroup.value, ...groups.value], "fsGroup first, then supplementalGroups", groups);
}

type Policy = NonNullable<LinuxSandboxSecurityContext["supplemental_groups_policy"]>;

/** Since when the kubelet sends the policy. */
const SENDS_POLICY: Versioned<boolean> = [{ since: "v1.31", value: true }];

/** Merge when nobody says otherwise. */
export function supplementalGroupsPolicy(
  effective: EffectiveContext,
  world: World,
): Setting<Policy> | Refusal {
  const policy = effective.supplementalGroupsPolicy;
  if (policy === undefined || at(SENDS_POLICY, world.kubernetes) !== true) {
    return byDefault("Merge");
  }
  const { value } = policy;
  if (value === "Merge" || value === "Strict") return { value, source: policy.source };
  return {
    refusal: `unsupported supplementalGroupsPolicy: ${value}`,
    gate: "supplementalGroupsPolicy",
    field: "supplementalGroupsPolicy",
    path: ["spec", "securityContext", "supplementalGroupsPolicy"],
  };
}
