// Refuses added capabilities beyond a list of thirteen; NET_RAW is not in it, though runtimes grant it by default.
import { type Check, inContainers, type Offence, offenceWith, type Refusal } from "../check.ts";
import { type ContainerView, inSecurityContext, listOf, type PodView, textOf } from "../podView.ts";
import { joinQuoteSet, nameContainers } from "../wording.ts";

const ALLOWED_1_0 = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
] as const;

export const capabilitiesBaseline: Check = {
  id: "capabilities_baseline",
  level: "baseline",
  restricts: [
    {
      fields: inContainers("securityContext.capabilities.add[*]"),
      allowed: [{ since: "v1.0", value: [undefined, ...ALLOWED_1_0] }],
    },
  ],
  versions: [{ since: "v1.0", value: capabilitiesBaseline_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_capabilities_baseline.go capabilitiesBaseline_1_0 */
function capabilitiesBaseline_1_0(pod: PodView): Refusal | undefined {
  const found = forbiddenAdds(pod, ALLOWED_1_0);
  if (found === undefined) return undefined;
  return {
    reason: "non-default capabilities",
    detail: `${nameContainers(found.containers)} must not include ${joinQuoteSet(found.names)} in securityContext.capabilities.add`,
    offences: found.offences,
  };
}

export interface ForbiddenAdds {
  readonly containers: readonly ContainerView[];
  readonly names: readonly string[];
  readonly offences: readonly Offence[];
}

/** Names in `capabilities.add` that are not literally in the list: `CAP_CHOWN` and `chown` are not CHOWN here. */
export function forbiddenAdds(pod: PodView, allowed: readonly string[]): ForbiddenAdds | undefined {
  let found: { containers: ContainerView[]; names: string[]; offences: Offence[] } | undefined;
  for (const view of pod.containers) {
    const add = listOf(view.securityContext?.capabilities?.add);
    let bad = false;
    for (let index = 0; index < add.length; index += 1) {
      const name = textOf(add[index]);
      if (allowed.includes(name)) continue;
      found ??= { containers: [], names: [], offences: [] };
      found.names.push(name);
      found.offences.push(forbiddenAdd(view, add, index, allowed));
      if (!bad) found.containers.push(view);
      bad = true;
    }
  }
  return found;
}

function forbiddenAdd(
  view: ContainerView,
  add: readonly unknown[],
  index: number,
  allowed: readonly string[],
): Offence {
  const path = inSecurityContext(view, "capabilities", "add");
  const kept = add.filter((item) => allowed.includes(textOf(item)));
  const to = kept.length === 0 ? undefined : kept;
  return offenceWith([...path, index], [{ path, from: add, to }], view);
}
