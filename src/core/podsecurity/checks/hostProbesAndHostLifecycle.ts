// Refuses probes and lifecycle handlers that name a host: the kubelet would open the connection, from the node's network.

import type { FieldPath } from "../../model/finding.ts";
import { sortedSet } from "../../rules/goText.ts";
import { type Check, inContainers, type Offence, offence, type Refusal } from "../check.ts";
import { type ContainerView, inContainer, type PodView, textOf } from "../podView.ts";
import { joinQuote, pluralize } from "../wording.ts";

const HANDLERS: readonly (readonly [string] | readonly ["lifecycle", string])[] = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];
const ACTIONS = ["httpGet", "tcpSocket"] as const;

export const hostProbesAndHostLifecycle: Check = {
  id: "hostProbesAndHostLifecycle",
  level: "baseline",
  restricts: [
    {
      fields: inContainers(
        ...HANDLERS.flatMap((handler) =>
          ACTIONS.map((action) => `${handler.join(".")}.${action}.host`),
        ),
      ),
      allowed: [{ since: "v1.34", value: [undefined, ""] }],
    },
  ],
  versions: [{ since: "v1.34", value: hostProbesAndHostLifecycleV1Dot34 }],
};

/** @see pod-security-admission v0.37.2 policy/check_hostProbesAndhostLifecycle.go hostProbesAndHostLifecycleV1Dot34 */
function hostProbesAndHostLifecycleV1Dot34(pod: PodView): Refusal | undefined {
  let found: { names: string[]; hosts: string[]; offences: Offence[] } | undefined;
  for (const view of pod.containers) {
    for (const handler of HANDLERS) {
      const value = handlerOf(view, handler);
      if (value === undefined) continue;
      for (const action of ACTIONS) {
        const host = textOf(fieldOf(fieldOf(value, action), "host"));
        if (host === "") continue;
        found ??= { names: [], hosts: [], offences: [] };
        found.names.push(view.name);
        found.hosts.push(host);
        const path: FieldPath = inContainer(view, ...handler, action, "host");
        found.offences.push(offence(path, { from: host, to: undefined }, view));
      }
    }
  }
  if (found === undefined) return undefined;
  const names = sortedSet(found.names);
  const hosts = sortedSet(found.hosts);
  return {
    reason: "probe or lifecycle host",
    detail: `${pluralize("container", "containers", names.length)} ${joinQuote(names)} ${pluralize("uses", "use", names.length)} ${pluralize("probe or lifecycle host", "probe or lifecycle hosts", hosts.length)} ${joinQuote(hosts)}`,
    offences: found.offences,
  };
}

function handlerOf(view: ContainerView, handler: (typeof HANDLERS)[number]): unknown {
  const [first, second] = handler;
  const value = view.container[first];
  return second === undefined ? (value ?? undefined) : fieldOf(value, second);
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key] ?? undefined;
}
