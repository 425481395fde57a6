// Refuses ports opened on the host.

import { sortedSet } from "../../rules/goText.ts";
import { type Check, inContainers, type Offence, offence, type Refusal } from "../check.ts";
import { type ContainerView, inContainer, listOf, type PodView } from "../podView.ts";
import { nameContainers, pluralize } from "../wording.ts";

export const hostPorts: Check = {
  id: "hostPorts",
  level: "baseline",
  restricts: [
    {
      fields: inContainers("ports[*].hostPort"),
      allowed: [{ since: "v1.0", value: [undefined, 0] }],
    },
  ],
  versions: [{ since: "v1.0", value: hostPorts_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_hostPorts.go hostPorts_1_0 */
function hostPorts_1_0(pod: PodView): Refusal | undefined {
  let bad: ContainerView[] | undefined;
  const ports: string[] = [];
  const offences: Offence[] = [];
  for (const view of pod.containers) {
    const before = ports.length;
    const list = listOf(view.container.ports);
    for (let index = 0; index < list.length; index += 1) {
      const hostPort = (list[index] as { hostPort?: unknown } | null | undefined)?.hostPort;
      if (!isPort(hostPort)) continue;
      ports.push(String(hostPort));
      const path = inContainer(view, "ports", index, "hostPort");
      offences.push(offence(path, { from: hostPort, to: undefined }, view));
    }
    if (ports.length === before) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  const set = sortedSet(ports);
  return {
    reason: "hostPort",
    detail: `${nameContainers(bad)} ${pluralize("uses", "use", bad.length)} ${pluralize("hostPort", "hostPorts", set.length)} ${set.join(", ")}`,
    offences,
  };
}

function isPort(value: unknown): value is number | bigint {
  return (typeof value === "number" && value !== 0) || typeof value === "bigint";
}
