// Refuses privileged containers, which have most of the machine.
import { type Check, inContainers, offence, type Refusal } from "../check.ts";
import { type ContainerView, inSecurityContext, type PodView } from "../podView.ts";
import { nameContainers } from "../wording.ts";

export const privileged: Check = {
  id: "privileged",
  level: "baseline",
  restricts: [
    {
      fields: inContainers("securityContext.privileged"),
      allowed: [{ since: "v1.0", value: [undefined, false] }],
    },
  ],
  versions: [{ since: "v1.0", value: privileged_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_privileged.go privileged_1_0 */
function privileged_1_0(pod: PodView): Refusal | undefined {
  let bad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    if (view.securityContext?.privileged !== true) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  return {
    reason: "privileged",
    detail: `${nameContainers(bad)} must not set securityContext.privileged=true`,
    offences: bad.map((view) =>
      offence(inSecurityContext(view, "privileged"), { from: true, to: false }, view),
    ),
  };
}
