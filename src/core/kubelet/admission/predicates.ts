// Whether the pod fits the node: its operating system, its groups policy, its node selector.
import type { Pod } from "../../model/pod.ts";
import { at, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { nodeOs } from "../../rules/nodeOs.ts";
import type { EffectiveContext } from "../effective.ts";
import type { Rejection } from "./rejection.ts";

const OS_LABEL = "kubernetes.io/os";

const LOOKS_AT_OS: Versioned<boolean> = [{ since: "v1.23", value: true }];
/** From the feature's beta on, gate or not. */
const LOOKS_AT_GROUPS_POLICY: Versioned<boolean> = [{ since: "v1.33", value: true }];
const AFFINITY_TEXT: Versioned<string> = [
  { since: "v1.0", value: "Predicate NodeAffinity failed" },
  {
    since: "v1.31",
    value: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  },
];

/** @see kubernetes v1.37.2 pkg/kubelet/lifecycle/predicate.go Admit */
export function admitPredicates(
  pod: Pod,
  podLevel: EffectiveContext,
  world: World,
): Rejection | undefined {
  return (
    (at(LOOKS_AT_OS, world.kubernetes) === true ? rejectOs(pod, world) : undefined) ??
    rejectGroupsPolicy(podLevel, world) ??
    rejectSelector(pod, world)
  );
}

/** The label is the pod's own, not its selector. */
function rejectOs(pod: Pod, world: World): Rejection | undefined {
  const system: string = nodeOs(world);
  const label = pod.metadata?.labels?.[OS_LABEL];
  if (label !== undefined && label !== system) {
    return {
      gate: "predicates",
      reason: "PodOSSelectorNodeLabelDoesNotMatch",
      message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
      path: ["metadata", "labels", OS_LABEL],
    };
  }
  const os = pod.spec.os ?? undefined;
  if (os === undefined || os.name === system) return undefined;
  return {
    gate: "predicates",
    reason: "PodOSNotSupported",
    message: "Failed to admit pod as the OS field doesn't match node OS",
    path: ["spec", "os", "name"],
  };
}

/** @see kubernetes v1.37.2 pkg/kubelet/lifecycle/predicate.go rejectPodAdmissionBasedOnSupplementalGroupsPolicy */
function rejectGroupsPolicy(podLevel: EffectiveContext, world: World): Rejection | undefined {
  if (at(LOOKS_AT_GROUPS_POLICY, world.kubernetes) !== true) return undefined;
  if (podLevel.supplementalGroupsPolicy?.value !== "Strict") return undefined;
  if (world.runtime.features?.supplementalGroupsPolicy === true) return undefined;
  return {
    gate: "predicates",
    reason: "SupplementalGroupsPolicyNotSupported",
    message: "SupplementalGroupsPolicy=Strict is not supported in this node",
    field: "supplementalGroupsPolicy",
    path: ["spec", "securityContext", "supplementalGroupsPolicy"],
  };
}

/** Of a node's labels only that of its system is known. */
function rejectSelector(pod: Pod, world: World): Rejection | undefined {
  const wanted = pod.spec.nodeSelector?.[OS_LABEL];
  if (wanted === undefined || wanted === nodeOs(world)) return undefined;
  return {
    gate: "predicates",
    reason: "NodeAffinity",
    message: at(AFFINITY_TEXT, world.kubernetes) ?? "",
    path: ["spec", "nodeSelector", OS_LABEL],
  };
}
