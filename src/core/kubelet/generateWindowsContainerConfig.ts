// One container's configuration for a Windows runtime: its user by name, its credential spec, whether it is a process of the node.
import type { WindowsContainerConfig } from "../model/cri.ts";
import type { WindowsSecurityContextOptions } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";
import type { World } from "../model/world.ts";
import type { EffectiveContext } from "./effective.ts";
import { windowsSecurityContext } from "./generatePodSandboxWindowsConfig.ts";
import type { ImageUser } from "./getImageUser.ts";
import { byRule, type Tracer } from "./outcome.ts";
import { hasHostProcessRequest } from "./windowsHostProcess.ts";

/**
 * runAsUserName before the image's user; an image whose user is a number has no name to send.
 * @param imageUser undefined: nothing is known of the image
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container_windows.go generateWindowsContainerConfig
 */
export function generateWindowsContainerConfig(
  effective: EffectiveContext,
  imageUser: ImageUser | undefined,
  world: World,
  trace: Tracer | undefined,
): WindowsContainerConfig {
  const options = effective.windowsOptions;
  const setting = withImageUser(options, imageUser);
  if (setting !== undefined) trace?.("windowsOptions", "/security_context", setting);
  const user = setting?.value.runAsUserName ?? "";
  const hostProcess = hasHostProcessRequest(effective, world);
  return { security_context: windowsSecurityContext(options?.value, user, hostProcess) };
}

function withImageUser(
  options: Setting<WindowsSecurityContextOptions> | undefined,
  imageUser: ImageUser | undefined,
): Setting<WindowsSecurityContextOptions> | undefined {
  const username = imageUser?.username ?? "";
  if (imageUser === undefined || username === "") return options;
  if (options === undefined) {
    return { value: { runAsUserName: username }, source: imageUser.source };
  }
  if ((options.value.runAsUserName ?? undefined) !== undefined) return options;
  const value = { ...options.value, runAsUserName: username };
  return byRule(value, "no runAsUserName ⇒ the image's user", options);
}
