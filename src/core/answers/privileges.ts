// What a pod and its containers may do, as values that can be put in an order: the ground of `diff`.
import type { FieldName } from "../fields/card.ts";
import type { Journey } from "../journey.ts";
import { determineEffectiveSecurityContext } from "../kubelet/effective.ts";
import { toFieldPath } from "../model/finding.ts";
import { type Capabilities, type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import { grantedCapabilities } from "./grantedCapabilities.ts";
import { hostPathsOf } from "./hostPaths.ts";
import { BY_MORE, type Order, whenListed, whenReached } from "./privilegeOrders.ts";

/** One thing that a container may do: its value, and which of two values is more. */
export interface Privilege {
  readonly field: FieldName | "hostPath" | "hostPorts";
  readonly value: unknown;
  /** What was written, where the API server's object leaves it out: `false` of a boolean that is no pointer in Go. */
  readonly leftOut?: unknown;
}
export interface HolderPrivileges {
  /** "" for the pod itself; a container without a name by its path: `spec.containers[1]`. */
  readonly container: string;
  readonly privileges: readonly Privilege[];
  /** What was written of a field whose value above is what comes of it. */
  readonly written: readonly Privilege[];
}

/** How the values of each field are ordered. Fields that are not here are only told to have changed. */
export const ORDERS: Readonly<Record<Privilege["field"], Order>> = {
  ...BY_MORE,
  hostPath: whenReached,
  hostPorts: whenListed,
};

/**
 * The pod's own privileges, then those of each container, in the kubelet's order.
 * @param written the same pod as its author wrote it
 */
export function privilegesOf(pod: Pod, journey: Journey, written: Pod): HolderPrivileges[] {
  const own = determineEffectiveSecurityContext(pod);
  const said = determineEffectiveSecurityContext(written);
  const ofPod: Privilege[] = [
    ...POD_FIELDS.map((field) => {
      const value = own[field]?.value;
      const isLeftOut = value === undefined && said[field]?.value === false;
      return { field, value, ...(isLeftOut ? { leftOut: false } : {}) };
    }),
    { field: "hostPath", value: hostPathsOf(pod) },
  ];
  return [
    { container: "", privileges: ofPod, written: [] },
    ...containersOf(pod.spec).map((at) => ofContainer(pod, at, journey)),
  ];
}

const POD_FIELDS = [
  "hostNetwork",
  "hostPID",
  "hostIPC",
  "hostUsers",
  "shareProcessNamespace",
  "sysctls",
  "fsGroup",
  "fsGroupChangePolicy",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "seLinuxChangePolicy",
] as const satisfies readonly FieldName[];
const CONTAINER_FIELDS = [
  "runAsUser",
  "runAsGroup",
  "runAsNonRoot",
  "privileged",
  "allowPrivilegeEscalation",
  "readOnlyRootFilesystem",
  "procMount",
  "seccompProfile",
  "appArmorProfile",
  "seLinuxOptions",
  "windowsOptions",
] as const satisfies readonly FieldName[];

function ofContainer(pod: Pod, at: ContainerAt, journey: Journey): HolderPrivileges {
  const effective = determineEffectiveSecurityContext(pod, at);
  const { name } = at.container;
  const ports = (at.container.ports ?? []).flatMap(({ hostPort, protocol = "TCP" }) =>
    hostPort === undefined || hostPort === 0 ? [] : [`${hostPort}/${protocol}`],
  );
  return {
    container: name ? name : toFieldPath(at.path),
    privileges: [
      ...CONTAINER_FIELDS.map((field) => ({ field, value: effective[field]?.value })),
      { field: "capabilities", value: grantedCapabilities(name, effective, journey) },
      { field: "hostPorts", value: ports },
    ],
    written: [{ field: "capabilities", value: wordsOf(effective.capabilities?.value) }],
  };
}

/** Neither order nor repetition says anything. */
function wordsOf(capabilities: Capabilities | undefined): Capabilities {
  const { add, drop } = capabilities ?? {};
  return { add: [...new Set(add ?? [])].sort(), drop: [...new Set(drop ?? [])].sort() };
}
