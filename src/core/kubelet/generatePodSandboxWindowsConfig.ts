// The pod's sandbox as the kubelet asks a Windows runtime for it, beside the Linux configuration that is sent there too.
import type { WindowsPodSandboxConfig, WindowsSandboxSecurityContext } from "../model/cri.ts";
import type { Pod, WindowsSecurityContextOptions } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import type { Draft } from "./criWire.ts";
import type { EffectiveContext } from "./effective.ts";
import type { Refusal, Tracer } from "./outcome.ts";
import { hasHostProcessContainer, refuseHostProcess } from "./windowsHostProcess.ts";

/**
 * Of the pod's level alone, but for host_process, which the containers decide.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go generatePodSandboxWindowsConfig
 */
export function generatePodSandboxWindowsConfig(
  pod: Pod,
  podLevel: EffectiveContext,
  world: World,
  trace: Tracer | undefined,
): WindowsPodSandboxConfig | Refusal {
  const { windowsOptions } = podLevel;
  const hostProcess = hasHostProcessContainer(pod, world);
  if (hostProcess) {
    const refusal = refuseHostProcess(pod, podLevel, world);
    if (refusal !== undefined) return refusal;
  }
  if (windowsOptions !== undefined) trace?.("windowsOptions", "/security_context", windowsOptions);
  const user = windowsOptions?.value.runAsUserName ?? "";
  return { security_context: windowsSecurityContext(windowsOptions?.value, user, hostProcess) };
}

/** The wire form: what is empty or false is left out. */
export function windowsSecurityContext(
  options: WindowsSecurityContextOptions | undefined,
  user: string,
  hostProcess: boolean,
): WindowsSandboxSecurityContext {
  const context: Draft<WindowsSandboxSecurityContext> = {};
  if (user !== "") context.run_as_username = user;
  const credentials = options?.gmsaCredentialSpec ?? "";
  if (credentials !== "") context.credential_spec = credentials;
  if (hostProcess) context.host_process = true;
  return context;
}
