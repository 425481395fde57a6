// Refuses Windows HostProcess pods and containers, which run on the host itself.
import { type Check, inSecurityContexts, offence, type Refusal } from "../check.ts";
import {
  type ContainerView,
  inPodSecurityContext,
  inSecurityContext,
  type PodView,
} from "../podView.ts";
import { nameSetters } from "../wording.ts";

export const windowsHostProcess: Check = {
  id: "windowsHostProcess",
  level: "baseline",
  restricts: [
    {
      fields: inSecurityContexts("windowsOptions.hostProcess"),
      allowed: [{ since: "v1.0", value: [undefined, false] }],
    },
  ],
  versions: [{ since: "v1.0", value: windowsHostProcess_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_windowsHostProcess.go windowsHostProcess_1_0 */
function windowsHostProcess_1_0(pod: PodView): Refusal | undefined {
  const podIsBad = pod.securityContext?.windowsOptions?.hostProcess === true;
  let bad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    if (view.securityContext?.windowsOptions?.hostProcess !== true) continue;
    bad ??= [];
    bad.push(view);
  }
  if (!podIsBad && bad === undefined) return undefined;
  const change = { from: true, to: false };
  const steps = ["windowsOptions", "hostProcess"] as const;
  const ofPod = podIsBad ? [offence(inPodSecurityContext(...steps), change)] : [];
  const ofContainers = (bad ?? []).map((view) =>
    offence(inSecurityContext(view, ...steps), change, view),
  );
  return {
    reason: "hostProcess",
    detail: `${nameSetters(podIsBad, bad ?? [])} must not set securityContext.windowsOptions.hostProcess=true`,
    offences: [...ofPod, ...ofContainers],
  };
}
