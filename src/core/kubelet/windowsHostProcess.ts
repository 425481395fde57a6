// Whether containers run as processes of the Windows node itself, and what a pod must be for that.
import { containersOf, type Pod } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { determineEffectiveSecurityContext, type EffectiveContext } from "./effective.ts";
import type { Refusal } from "./outcome.ts";

const KNOWS_HOST_PROCESS: Versioned<boolean> = [{ since: "v1.22", value: true }];

/** @see kubernetes v1.37.2 pkg/securitycontext/util.go HasWindowsHostProcessRequest */
export function hasHostProcessRequest(effective: EffectiveContext, world: World): boolean {
  if (at(KNOWS_HOST_PROCESS, world.kubernetes) !== true) return false;
  return effective.windowsOptions?.value.hostProcess === true;
}

/** One container of any kind is enough. @see kubernetes v1.37.2 pkg/kubelet/container/helpers.go HasWindowsHostProcessContainer */
export function hasHostProcessContainer(pod: Pod, world: World): boolean {
  return containersOf(pod.spec).some((container) =>
    hasHostProcessRequest(determineEffectiveSecurityContext(pod, container), world),
  );
}

/**
 * What keeps a pod with host process containers from its sandbox, in the kubelet's order.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go generatePodSandboxWindowsConfig
 */
export function refuseHostProcess(
  pod: Pod,
  podLevel: EffectiveContext,
  world: World,
): Refusal | undefined {
  const ordinary = containersOf(pod.spec).find(
    (container) => !hasHostProcessRequest(determineEffectiveSecurityContext(pod, container), world),
  );
  const path = ["spec", "securityContext", "windowsOptions"];
  const refuse = (refusal: string, where: Refusal["path"]): Refusal => {
    return { refusal, gate: "hostProcess", field: "windowsOptions", path: where };
  };
  if (!gateEnabled(world, "WindowsHostProcessContainers")) {
    return refuse(
      "pod contains HostProcess containers but feature 'WindowsHostProcessContainers' is not enabled",
      path,
    );
  }
  if (ordinary !== undefined) {
    return refuse(
      "pod must not contain both HostProcess and non-HostProcess containers",
      ordinary.path,
    );
  }
  if (podLevel.hostNetwork?.value !== true) {
    return refuse("hostNetwork is required if Pod contains HostProcess containers", [
      "spec",
      "hostNetwork",
    ]);
  }
  if (podLevel.windowsOptions?.value.hostProcess === false) {
    return refuse(
      "pod must not contain any HostProcess containers if Pod's WindowsOptions.HostProcess is set to false",
      path,
    );
  }
  return undefined;
}
