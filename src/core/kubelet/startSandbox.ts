// The pod's sandbox: namespaces and configuration, or the event that says why there is none.
import type { LinuxPodSandboxConfig } from "../model/cri.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import type { EffectiveContext } from "./effective.ts";
import { generatePodSandboxLinuxConfig } from "./generatePodSandboxLinuxConfig.ts";
import { namespacesForPod, type PodNamespaces } from "./namespacesForPod.ts";
import { close, type Notes, open, tracer } from "./notes.ts";
import { isRefusal, type Refusal } from "./outcome.ts";
import { lookupRuntimeHandler, type RuntimeHandler } from "./runtimeHandler.ts";

export interface StartedSandbox {
  readonly linux: LinuxPodSandboxConfig;
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
  const linux = generatePodSandboxLinuxConfig(pod, podLevel, namespaces, world, trace);
  if (isRefusal(linux)) return refuse(linux, notes);
  open(notes, "podSandbox");
  return { linux, namespaces, handler };
}

function refuse(refusal: Refusal, notes: Notes): undefined {
  close(notes, refusal);
  const message = `Failed to create pod sandbox: ${refusal.refusal}`;
  notes.events.push({ type: "Warning", reason: "FailedCreatePodSandBox", message });
}
