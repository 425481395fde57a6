// What the server lets pass although a new pod would be refused: gates, and what the running pod already has.
// @see kubernetes v1.37.2 pkg/api/pod/util.go GetValidationOptionsFromPodSpecAndMeta
import type { ObjectMeta, PodSpec, SecurityContext } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { visitContainers } from "./containers.ts";
import { hostNamespaceOf } from "./validation/hostSysctl.ts";

export interface PodOptions {
  readonly world: World;
  /** A Pod itself, not a template of one. */
  readonly resourceIsPod: boolean;
  /** Of a Pod itself. */
  readonly metadata?: ObjectMeta;
  /** The running pod's spec, when it is updated. */
  readonly oldSpec?: PodSpec;
}

export function allowUserNamespacesHostNetworkSupport({ world, oldSpec }: PodOptions): boolean {
  if (gateEnabled(world, "UserNamespacesHostNetworkSupport")) return true;
  return oldSpec?.hostUsers === false && oldSpec.hostNetwork === true;
}

export function allowOnlyRecursiveSELinuxChangePolicy({ world, oldSpec }: PodOptions): boolean {
  if (gateEnabled(world, "SELinuxMount")) return false;
  return oldSpec?.securityContext?.seLinuxChangePolicy === undefined;
}

export function allowNamespacedSysctlsForHostNetAndHostIPC(options: PodOptions): boolean {
  const { world, oldSpec } = options;
  if (oldSpec === undefined) return false;
  const sysctls = oldSpec.securityContext?.sysctls ?? [];
  return sysctls.some(({ name }) => hostNamespaceOf(name, oldSpec, world.kubernetes) !== undefined);
}

export function allowUserNamespacesWithVolumeDevices({ oldSpec }: PodOptions): boolean {
  if (oldSpec?.hostUsers !== false) return false;
  let found = false;
  visitContainers(oldSpec, undefined, ({ volumeDevices }) => {
    if (volumeDevices !== undefined && volumeDevices.length > 0) found = true;
  });
  return found;
}

export function allowSysAdminWhenPrivilegeEscalationFalse({ oldSpec }: PodOptions): boolean {
  if (oldSpec === undefined) return false;
  let found = false;
  visitContainers(oldSpec, undefined, ({ securityContext }) => {
    if (hasSysAdminAndPrivilegeEscalationFalse(securityContext)) found = true;
  });
  return found;
}

/** Upstream's name promises more than it asks: an unset allowPrivilegeEscalation counts too. */
function hasSysAdminAndPrivilegeEscalationFalse(context: SecurityContext | undefined): boolean {
  if (context?.allowPrivilegeEscalation === true) return false;
  return context?.capabilities?.add?.includes("CAP_SYS_ADMIN") ?? false;
}
