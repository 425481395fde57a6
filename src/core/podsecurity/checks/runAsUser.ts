// Refuses runAsUser: 0; since v1.35 a pod in a user namespace of its own may have it.
import { type Check, inSecurityContexts, offence, type Refusal } from "../check.ts";
import { USER_NAMESPACE, unlessUserNamespace } from "../exempt.ts";
import {
  type ContainerView,
  inPodSecurityContext,
  inSecurityContext,
  type PodView,
} from "../podView.ts";
import { nameSetters } from "../wording.ts";

export const runAsUser: Check = {
  id: "runAsUser",
  level: "restricted",
  restricts: [
    { fields: inSecurityContexts("runAsUser"), forbidden: [{ since: "v1.23", value: [0] }] },
  ],
  exempt: [{ since: "v1.35", value: USER_NAMESPACE }],
  versions: [
    { since: "v1.23", value: runAsUser1_23 },
    { since: "v1.35", value: unlessUserNamespace(runAsUser1_23) },
  ],
};

/** @see pod-security-admission v0.37.2 policy/check_runAsUser.go runAsUser1_23 */
function runAsUser1_23(pod: PodView): Refusal | undefined {
  const podIsRoot = pod.securityContext?.runAsUser === 0;
  let bad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    if (view.securityContext?.runAsUser !== 0) continue;
    bad ??= [];
    bad.push(view);
  }
  if (!podIsRoot && bad === undefined) return undefined;
  const removed = { from: 0, to: undefined };
  const ofPod = podIsRoot ? [offence(inPodSecurityContext("runAsUser"), removed)] : [];
  const ofContainers = (bad ?? []).map((view) =>
    offence(inSecurityContext(view, "runAsUser"), removed, view),
  );
  return {
    reason: "runAsUser=0",
    detail: `${nameSetters(podIsRoot, bad ?? [])} must not set runAsUser=0`,
    offences: [...ofPod, ...ofContainers],
  };
}
