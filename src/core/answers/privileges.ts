// What a pod and its containers may do, as values that can be put in an order: the ground of `diff`.
import type { FieldName } from "../fields/card.ts";
import { determineEffectiveSecurityContext, type EffectiveContext } from "../kubelet/effective.ts";
import { type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { DEFAULT_CAPABILITIES } from "../tables/containerd.ts";
import { BY_MORE, type Order, whenListed, whenTrue } from "./privilegeOrders.ts";

/** One thing that a container may do: its value, and which of two values is more. */
export interface Privilege {
  readonly field: FieldName | "hostPath" | "hostPorts";
  readonly value: unknown;
}
export interface HolderPrivileges {
  /** "" for the pod itself. */
  readonly container: string;
  readonly privileges: readonly Privilege[];
}

/** How the values of each field are ordered. Fields that are not here are only told to have changed. */
export const ORDERS: Readonly<Record<Privilege["field"], Order>> = {
  ...BY_MORE,
  hostPath: whenListed,
  hostPorts: whenListed,
  hostNetwork: whenTrue,
  hostPID: whenTrue,
  hostIPC: whenTrue,
  shareProcessNamespace: whenTrue,
};

/** The pod's own privileges, then those of each container, in the kubelet's order. */
export function privilegesOf(pod: Pod): HolderPrivileges[] {
  const own = determineEffectiveSecurityContext(pod);
  const ofPod: Privilege[] = [
    ...POD_FIELDS.map((field) => ({ field, value: own[field]?.value })),
    { field: "hostPath", value: hostPaths(pod) },
  ];
  return [
    { container: "", privileges: ofPod },
    ...containersOf(pod.spec).map((at) => ({
      container: at.container.name,
      privileges: ofContainer(pod, at),
    })),
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

function ofContainer(pod: Pod, at: ContainerAt): Privilege[] {
  const effective = determineEffectiveSecurityContext(pod, at);
  const ports = (at.container.ports ?? []).flatMap(({ hostPort, protocol = "TCP" }) =>
    hostPort === undefined || hostPort === 0 ? [] : [`${hostPort}/${protocol}`],
  );
  return [
    ...CONTAINER_FIELDS.map((field) => ({ field, value: effective[field]?.value })),
    { field: "capabilities", value: boundingSet(effective) },
    { field: "hostPorts", value: ports },
  ];
}

/** What the runtime gives at most: its default set, with what is added and without what is dropped. */
function boundingSet({ privileged, capabilities }: EffectiveContext): readonly string[] {
  if (privileged?.value === true) return CAPABILITIES.map(bare);
  const { add = [], drop = [] } = capabilities?.value ?? {};
  const names = new Set(add.some(isAll) ? CAPABILITIES.map(bare) : DEFAULT_CAPABILITIES.map(bare));
  if (drop.some(isAll)) names.clear();
  for (const name of add) if (!isAll(name)) names.add(name.toUpperCase());
  for (const name of drop) names.delete(name.toUpperCase());
  return [...names].sort();
}

function isAll(name: string): boolean {
  return name.toUpperCase() === "ALL";
}

function bare(name: string): string {
  return name.replace(/^CAP_/, "");
}

/** With how it is mounted: reading is less than writing. */
function hostPaths(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const source = volume["hostPath"] as { readonly path?: unknown } | null | undefined;
    if (typeof source?.path !== "string") return [];
    const mounts = containersOf(pod.spec).flatMap(({ container }) =>
      (container.volumeMounts ?? []).filter(({ name }) => name === volume.name),
    );
    const writes = mounts.some(({ readOnly }) => readOnly !== true);
    return [`${source.path} ${writes ? "rw" : "ro"}`];
  });
}
