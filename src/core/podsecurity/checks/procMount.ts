// Refuses an unmasked /proc; since v1.35 a pod in a user namespace of its own may have it.
import { type Check, inContainers, offence, type Refusal } from "../check.ts";
import { USER_NAMESPACE, unlessUserNamespace } from "../exempt.ts";
import { type ContainerView, inSecurityContext, type PodView, textOf } from "../podView.ts";
import { joinQuoteSet, nameContainers } from "../wording.ts";

const DEFAULT = "Default";

export const procMount: Check = {
  id: "procMount",
  level: "baseline",
  restricts: [
    {
      fields: inContainers("securityContext.procMount"),
      allowed: [{ since: "v1.0", value: [undefined, DEFAULT] }],
    },
  ],
  exempt: [{ since: "v1.35", value: USER_NAMESPACE }],
  versions: [
    { since: "v1.0", value: procMount_1_0 },
    { since: "v1.35", value: unlessUserNamespace(procMount_1_0) },
  ],
};

/** @see pod-security-admission v0.37.2 policy/check_procMount_baseline.go procMount_1_0 */
export function procMount_1_0(pod: PodView): Refusal | undefined {
  let bad: ContainerView[] | undefined;
  for (const view of pod.containers) {
    const value: unknown = view.securityContext?.procMount;
    if (value === undefined || value === null || value === DEFAULT) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  const types = joinQuoteSet(bad.map((view) => textOf(view.securityContext?.procMount)));
  return {
    reason: "procMount",
    detail: `${nameContainers(bad)} must not set securityContext.procMount to ${types}`,
    offences: bad.map((view) =>
      offence(
        inSecurityContext(view, "procMount"),
        { from: view.securityContext?.procMount, to: DEFAULT },
        view,
      ),
    ),
  };
}
