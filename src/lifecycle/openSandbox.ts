// The pod's sandbox, as RunPodSandbox makes it: or why the pod gets none.
import type { Pod } from "../core/model/pod.ts";
import { type Sandbox, SandboxRefused } from "../engines/engine.ts";
import type { DockerSandbox } from "./dockerSandbox.ts";
import { type ContainerPlan, sandboxSpecOf } from "./plan.ts";
import type { PodEvents } from "./podEvents.ts";
import type { RunInput } from "./podRun.ts";
import type { PodVolumes } from "./podVolumes.ts";
import type { Stopped } from "./refusedByKubelet.ts";
import { runtimeWords } from "./runtimeWords.ts";
import { sandboxRequest } from "./sandboxRequest.ts";

interface Known {
  readonly pod: Pod;
  readonly plans: readonly ContainerPlan[];
  readonly docker: DockerSandbox | undefined;
  readonly volumes: PodVolumes["prepared"];
  readonly events: PodEvents;
}

/** Without a reason where no container came so far that it needs one: each has its own. */
type Opened = { readonly sandbox: Sandbox } | { readonly refused: Stopped | undefined };

export async function openSandbox(
  { journey, engine, place, onSent, network }: RunInput,
  { pod, plans, docker, volumes, events }: Known,
): Promise<Opened> {
  const failed = plans.find(({ walk }) => walk?.step === "sandbox");
  const cri = journey.kubelet?.out.sandbox?.linux ?? {};
  const spec = sandboxSpecOf(plans, journey.world, engine);
  let code = "Unknown";
  let message = engine.isRuntime ? "" : runtimeWords(failed?.walk?.error ?? "", place.id);
  if (message === "" && spec) {
    const facts = { id: place.id, pod, cri, spec, docker: docker?.request ?? null, plans };
    const request = sandboxRequest({ ...facts, volumes, world: journey.world, network });
    const sent = onSent === undefined ? {} : { sent: onSent };
    try {
      return { sandbox: await engine.runSandbox({ ...request, ...sent }) };
    } catch (error) {
      if (!(error instanceof SandboxRefused)) throw error;
      ({ message, code } = error);
    }
  }
  if (message === "") return { refused: undefined };
  events.sandboxFailed(message, code);
  return { refused: { phase: "Pending", reason: "FailedCreatePodSandBox", message } };
}
