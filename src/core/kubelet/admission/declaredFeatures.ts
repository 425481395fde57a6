// Whether the node has what the pod needs beyond the API's word: features that nodes declare.
import type { Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import type { EffectiveContext } from "../effective.ts";
import type { Rejection } from "./rejection.ts";

/**
 * hostNetwork together with a user namespace takes a gate in the kubelet and support in the runtime.
 * @see kubernetes v1.37.2 pkg/kubelet/lifecycle/handlers.go declaredFeaturesAdmitHandler
 * @see kubernetes v1.37.2 component-helpers/nodedeclaredfeatures/features/usernamespaceshostnetwork
 */
export function admitDeclaredFeatures(
  _pod: Pod,
  podLevel: EffectiveContext,
  world: World,
): Rejection | undefined {
  if (!gateEnabled(world, "NodeDeclaredFeatures")) return undefined;
  if (podLevel.hostNetwork?.value !== true || podLevel.hostUsers?.value !== false) return undefined;
  const declared =
    gateEnabled(world, "UserNamespacesHostNetworkSupport") &&
    world.runtime.features?.usernsHostNetwork === true;
  if (declared) return undefined;
  return {
    gate: "declaredFeatures",
    reason: "PodFeatureUnsupported",
    message: "Pod requires node features that are not available: UserNamespacesHostNetworkSupport",
    field: "hostUsers",
    path: ["spec", "hostUsers"],
  };
}
