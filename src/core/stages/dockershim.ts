// dockershim alone on CRI documents, or behind the kubelet on a pod: the create requests that reach dockerd.
import {
  type DockerRequest,
  type DockershimAnswer,
  type DockershimInput,
  dockershim,
} from "../dockershim/dockershim.ts";
import { type KubeletContainer, kubelet, type Waiting } from "../kubelet/kubelet.ts";
import type { LinuxPodSandboxConfig } from "../model/cri.ts";
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import type { Finding } from "../model/finding.ts";
import { containersOf, type Pod } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import { minor } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { sandboxRefusal } from "./dockerSandbox.ts";

export interface DockershimPodInput {
  /** After defaulting. */
  readonly pod: Pod;
}
export interface DockershimPodContainer {
  readonly name: string;
  readonly waiting: Waiting | null;
  /** Both null when no request was sent. */
  readonly config: DockerConfig | null;
  readonly hostConfig: HostConfig | null;
  readonly unknown?: readonly string[];
}
export interface DockershimPodAnswer {
  /** rejected: refused for good; blocked: kept pending (AppArmor); accepted: everything else, whatever becomes of single containers. */
  readonly outcome: "accepted" | "rejected" | "blocked";
  readonly reason?: string;
  readonly message?: string;
  readonly sandbox: DockerRequest | null;
  /** Why there is no sandbox. */
  readonly error?: string;
  readonly containers: readonly DockershimPodContainer[];
}

/** A line of `stage dockershim`: `{pod}`, or `{sandbox, container, image}`. */
export function dockershimStage(
  input: DockershimInput | DockershimPodInput,
  world: World,
  options?: StageOptions,
): StageReport<DockershimAnswer | DockershimPodAnswer> {
  const shimmed = withDockershim(world);
  return "pod" in input
    ? podThroughDockershim(input, shimmed, options)
    : dockershim(input, shimmed, options);
}

const LAST_DOCKERSHIM = "v1.23";

/** A world of another runtime becomes the last one that had a dockershim. */
function withDockershim(world: World): World {
  if (world.runtime.name === "dockershim") return world;
  const isTooNew = minor(world.kubernetes) > minor(LAST_DOCKERSHIM);
  const kubernetes = isTooNew ? LAST_DOCKERSHIM : world.kubernetes;
  return composeWorld({ kubernetes, runtime: { name: "dockershim" } }, world);
}

export function podThroughDockershim(
  { pod }: DockershimPodInput,
  world: World,
  options?: StageOptions,
): StageReport<DockershimPodAnswer> {
  const { out, gates, findings, trace } = kubelet({ pod }, world, options);
  const { admission, sandbox } = out;
  const report = { stage: "dockershim" as const, trace, gates };
  if (!admission.admitted || sandbox === null) {
    const containers = out.containers.map((container) => notSent(container, container.waiting));
    const { reason, message } = admission;
    const outcome = outcomeOf(admission);
    const answer = { outcome, sandbox: null, containers };
    return {
      ...report,
      findings,
      out: outcome === "accepted" ? answer : { ...answer, reason, message },
    };
  }
  const requests = out.containers.map((container) =>
    request(container, sandbox.linux, pod, world, options),
  );
  const first = requests.find(
    (made) => made.sandbox !== undefined || made.sandboxError !== undefined,
  );
  const refused =
    first?.sandbox === undefined
      ? undefined
      : sandboxRefusal(first.sandbox, pod.metadata?.name ?? "", world);
  const sandboxError = first?.sandboxError ?? refused;
  const made = requests.map((request) => request.container);
  return {
    ...report,
    out: {
      outcome: "accepted",
      sandbox: first?.sandbox ?? null,
      ...(sandboxError === undefined ? {} : { error: sandboxError }),
      // In a sandbox that does not run no container is asked for.
      containers: refused === undefined ? made : made.map((one) => notSent(one, CREATING)),
    },
    findings: [
      ...findings,
      ...requests.flatMap((request) => request.findings),
      ...(refused === undefined ? [] : [notStarted(refused)]),
    ],
  };
}

function notStarted(message: string): Finding {
  const origin = "dockershim v1.23";
  const severity = "refusal";
  return {
    id: "dockershim.RunPodSandbox",
    stage: "dockershim",
    severity,
    path: [],
    message,
    origin,
  };
}

/** What a container's status shows as long as its pod has no sandbox. */
const CREATING: Waiting = { reason: "ContainerCreating", message: "" };

interface Made {
  readonly container: DockershimPodContainer;
  readonly sandbox?: DockerRequest;
  readonly sandboxError?: string;
  readonly findings: readonly Finding[];
}

function request(
  container: KubeletContainer,
  sandbox: LinuxPodSandboxConfig,
  pod: Pod,
  world: World,
  options: StageOptions | undefined,
): Made {
  const image = imageOf(pod, container.name, world);
  const { out, findings } = dockershim(
    {
      sandbox,
      container: container.config?.linux?.security_context ?? {},
      image,
      names: { pod: pod.metadata?.name ?? "", container: container.name },
    },
    world,
    options,
  );
  if (out.step === "sandbox") {
    const made = { container: notSent(container, CREATING), findings };
    return out.error === undefined ? made : { ...made, sandboxError: out.error };
  }
  const made = out.sandbox === undefined ? {} : { sandbox: out.sandbox };
  if (container.config === null) {
    return { ...made, container: notSent(container, container.waiting), findings: [] };
  }
  if (out.error !== undefined) {
    const waiting = { reason: "CreateContainerError", message: out.error };
    return { ...made, container: notSent(container, waiting), findings };
  }
  return {
    ...made,
    container: {
      ...notSent(container, container.waiting),
      config: out.config ?? null,
      hostConfig: out.hostConfig ?? null,
      ...(out.unknown === undefined ? {} : { unknown: out.unknown }),
    },
    findings,
  };
}

function notSent(
  { name, unknown, notReached }: Pick<KubeletContainer, "name" | "unknown" | "notReached">,
  waiting: Waiting | null,
): DockershimPodContainer {
  const shown = waiting ?? (notReached === undefined ? null : { reason: notReached, message: "" });
  const sent = { name, waiting: shown, config: null, hostConfig: null };
  return unknown === undefined ? sent : { ...sent, unknown };
}

function outcomeOf(admission: {
  readonly admitted: boolean;
  readonly phase?: string;
}): DockershimPodAnswer["outcome"] {
  if (admission.admitted) return "accepted";
  return admission.phase === "Pending" ? "blocked" : "rejected";
}

function imageOf(pod: Pod, name: string, world: World): World["images"][string] {
  const place = containersOf(pod.spec).find(({ container }) => container.name === name);
  return world.images[place?.container.image ?? ""] ?? {};
}
