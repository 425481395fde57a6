// Wants every container to forbid privilege escalation, such as by set-user-ID programs.
import { type Check, inContainers, offence, type Refusal } from "../check.ts";
import { unlessWindows, WINDOWS } from "../exempt.ts";
import { type ContainerView, inSecurityContext, type PodView } from "../podView.ts";
import { nameContainers } from "../wording.ts";

export const allowPrivilegeEscalation: Check = {
  id: "allowPrivilegeEscalation",
  level: "restricted",
  restricts: [
    {
      fields: inContainers("securityContext.allowPrivilegeEscalation"),
      allowed: [{ since: "v1.8", value: [false] }],
    },
  ],
  exempt: [{ since: "v1.25", value: WINDOWS }],
  versions: [
    { since: "v1.8", value: allowPrivilegeEscalation_1_8 },
    { since: "v1.25", value: unlessWindows(allowPrivilegeEscalation_1_8) },
  ],
};

/** @see pod-security-admission v0.37.2 policy/check_allowPrivilegeEscalation.go allowPrivilegeEscalation_1_8 */
function allowPrivilegeEscalation_1_8(pod: PodView): Refusal | undefined {
  let bad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    if (view.securityContext?.allowPrivilegeEscalation === false) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  return {
    reason: "allowPrivilegeEscalation != false",
    detail: `${nameContainers(bad)} must set securityContext.allowPrivilegeEscalation=false`,
    offences: bad.map((view) =>
      offence(
        inSecurityContext(view, "allowPrivilegeEscalation"),
        { from: view.securityContext?.allowPrivilegeEscalation, to: false },
        view,
      ),
    ),
  };
}
