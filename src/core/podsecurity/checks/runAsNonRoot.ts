// Wants runAsNonRoot: true for every container, its own or the pod's; since v1.35 not of a pod in a user namespace of its own.
import {
  type Check,
  inSecurityContexts,
  type Offence,
  offence,
  offenceWith,
  type Refusal,
} from "../check.ts";
import { USER_NAMESPACE, unlessUserNamespace } from "../exempt.ts";
import {
  type ContainerView,
  inPodSecurityContext,
  inSecurityContext,
  type PodView,
} from "../podView.ts";
import { nameContainers, nameSetters } from "../wording.ts";

export const runAsNonRoot: Check = {
  id: "runAsNonRoot",
  level: "restricted",
  restricts: [
    {
      fields: inSecurityContexts("runAsNonRoot"),
      allowed: [{ since: "v1.0", value: [true] }],
      required: true,
    },
  ],
  exempt: [{ since: "v1.35", value: USER_NAMESPACE }],
  versions: [
    { since: "v1.0", value: runAsNonRoot1_0 },
    { since: "v1.35", value: unlessUserNamespace(runAsNonRoot1_0) },
  ],
};

const REASON = "runAsNonRoot != true";

/** @see pod-security-admission v0.37.2 policy/check_runAsNonRoot.go runAsNonRoot1_0 */
function runAsNonRoot1_0(pod: PodView): Refusal | undefined {
  const ofPod = pod.securityContext?.runAsNonRoot;
  let explicitlyBad: ContainerView[] | undefined;
  let implicitlyBad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    const own = view.securityContext?.runAsNonRoot;
    if (own === false) {
      explicitlyBad ??= [];
      explicitlyBad.push(view);
    } else if (own !== true && ofPod !== true) {
      implicitlyBad ??= [];
      implicitlyBad.push(view);
    }
  }
  if (ofPod === false || explicitlyBad !== undefined) {
    const setters = nameSetters(ofPod === false, explicitlyBad ?? []);
    return {
      reason: REASON,
      detail: `${setters} must not set securityContext.runAsNonRoot=false`,
      offences: offencesOf(pod, explicitlyBad ?? [], implicitlyBad ?? []),
    };
  }
  if (implicitlyBad === undefined) return undefined;
  return {
    reason: REASON,
    detail: `pod or ${nameContainers(implicitlyBad)} must set securityContext.runAsNonRoot=true`,
    offences: offencesOf(pod, [], implicitlyBad),
  };
}

/** Upstream words the missing ones only when no one says false; both are offences all the same. One edit at pod level mends every missing one. */
function offencesOf(
  pod: PodView,
  explicitlyBad: readonly ContainerView[],
  implicitlyBad: readonly ContainerView[],
): Offence[] {
  const path = inPodSecurityContext("runAsNonRoot");
  const from = pod.securityContext?.runAsNonRoot;
  const change = { path, from, to: true };
  const offences = from === false ? [offenceWith(path, [change])] : [];
  for (const view of explicitlyBad) {
    const own = inSecurityContext(view, "runAsNonRoot");
    offences.push(offence(own, { from: false, to: true }, view));
  }
  if (from === false) return offences;
  for (const view of implicitlyBad) {
    offences.push(offenceWith(inSecurityContext(view, "runAsNonRoot"), [change], view));
  }
  return offences;
}
