// The pod's sandbox: namespaces and configuration, or the event that says why there is none.
import type { LinuxPodSandboxConfig, WindowsPodSandboxConfig } from "../model/cri.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import type { EffectiveContext } from "./effective.ts";
import { generatePodSandboxLinuxConfig } from "./generatePodSandboxLinuxConfig.ts";
import { generatePodSandboxWindowsConfig } from "./generatePodSandboxWindowsConfig.ts";
import { withoutLinuxIds } from "./linuxOnly.ts";
import { namespacesForPod, type PodNamespaces } from "./namespacesForPod.ts";
import { close, type Notes, open, tracer } from "./notes.ts";
import { isRefusal, type Refusal } from "./outcome.ts";
import { lookupRuntimeHandler, type RuntimeHandler } from "./runtimeHandler.ts";

export interface StartedSandbox {
  readonly linux: LinuxPodSandboxConfig;
  /** On a Windows node. */
  readonly windows?: WindowsPodSandboxConfig;
  readonly namespaces: PodNamespaces;
  readonly handler: RuntimeHandler;
}

/** undefined: the kubelet tries for ever, and the containers stay ContainerCreating. @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go createPodSandbox */
export function startSandbox(
  pod: Pod,
  podLevel: EffectiveContext,
  world: World,
  notes: Notes,
): StartedSandbox | undefined {
  const runtimeClassName = pod.spec.runtimeClassName ?? "";
  const handler = lookupRuntimeHandler(runtimeClassName, world);
  if (isRefusal(handler)) return refuse(handler, notes);
  const namespaces = namespacesForPod(podLevel, runtimeClassName, world);
  if (isRefusal(namespaces)) return refuse(namespaces, notes);
  const trace = tracer(notes, "/sandbox/linux");
  const isWindows = nodeOs(world) === "windows";
  const asked = isWindows ? withoutLinuxIds(podLevel) : podLevel;
  const linux = generatePodSandboxLinuxConfig(pod, asked, namespaces, world, trace);
  if (isRefusal(linux)) return refuse(linux, notes);
  if (!isWindows) {
    open(notes, "podSandbox");
    return { linux, namespaces, handler };
  }
  const traceWindows = tracer(notes, "/sandbox/windows");
  const windows = generatePodSandboxWindowsConfig(pod, podLevel, world, traceWindows);
  if (isRefusal(windows)) return refuse(windows, notes);
  open(notes, "podSandbox");
  return { linux, windows, namespaces, handler };
}

function refuse(refusal: Refusal, notes: Notes): undefined {
  close(notes, refusal);
  const message = `Failed to create pod sandbox: ${refusal.refusal}`;
  notes.events.push({ type: "Warning", reason: "FailedCreatePodSandBox", message });
}
