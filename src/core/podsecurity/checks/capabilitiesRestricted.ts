// Wants every container to drop ALL capabilities and to add back NET_BIND_SERVICE at most.
import { type Check, inContainers, type Offence, offenceWith, type Refusal } from "../check.ts";
import { unlessWindows, WINDOWS } from "../exempt.ts";
import { type ContainerView, inSecurityContext, listOf, type PodView } from "../podView.ts";
import { joinQuoteSet, nameContainers } from "../wording.ts";
import { forbiddenAdds } from "./capabilitiesBaseline.ts";

const ALL = "ALL";
const ALLOWED_1_22 = ["NET_BIND_SERVICE"] as const;

export const capabilitiesRestricted: Check = {
  id: "capabilities_restricted",
  level: "restricted",
  restricts: [
    {
      fields: inContainers("securityContext.capabilities.drop"),
      mustInclude: [{ since: "v1.22", value: ALL }],
    },
    {
      fields: inContainers("securityContext.capabilities.add[*]"),
      allowed: [{ since: "v1.22", value: [undefined, ...ALLOWED_1_22] }],
    },
  ],
  exempt: [{ since: "v1.25", value: WINDOWS }],
  versions: [
    { since: "v1.22", value: capabilitiesRestricted_1_22 },
    { since: "v1.25", value: unlessWindows(capabilitiesRestricted_1_22) },
  ],
  overrides: ["capabilities_baseline"],
};

/** @see pod-security-admission v0.37.2 policy/check_capabilities_restricted.go capabilitiesRestricted_1_22 */
function capabilitiesRestricted_1_22(pod: PodView): Refusal | undefined {
  let missing: ContainerView[] | undefined;
  for (const view of pod.containers) {
    if (listOf(view.securityContext?.capabilities?.drop).includes(ALL)) continue;
    missing ??= [];
    missing.push(view);
  }
  const adding = forbiddenAdds(pod, ALLOWED_1_22);
  if (missing === undefined && adding === undefined) return undefined;
  const details: string[] = [];
  const offences: Offence[] = [];
  if (missing !== undefined) {
    details.push(`${nameContainers(missing)} must set securityContext.capabilities.drop=["ALL"]`);
    offences.push(...missing.map(missingDropAll));
  }
  if (adding !== undefined) {
    details.push(
      `${nameContainers(adding.containers)} must not include ${joinQuoteSet(adding.names)} in securityContext.capabilities.add`,
    );
    offences.push(...adding.offences);
  }
  return { reason: "unrestricted capabilities", detail: details.join("; "), offences };
}

function missingDropAll(view: ContainerView): Offence {
  const path = inSecurityContext(view, "capabilities", "drop");
  const from = view.securityContext?.capabilities?.drop;
  return offenceWith(path, [{ path, from, to: [...listOf(from), ALL] }], view);
}
