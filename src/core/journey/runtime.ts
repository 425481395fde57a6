// From the kubelet's documents to each container's OCI spec and /proc/1/status, by the runtime of the world.

import type { ContainerdAnswer } from "../containerd/containerd.ts";
import { dockershim } from "../dockershim/dockershim.ts";
import { kernel } from "../kernel/kernel.ts";
import type { KubeletAnswer, KubeletContainer } from "../kubelet/kubelet.ts";
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import type { Finding } from "../model/finding.ts";
import type { OciSpec } from "../model/oci.ts";
import { type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { StageOptions, Trace } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";
import { type StartedSandbox, startInSandbox, startSandbox } from "../stages/containerd.ts";
import { startWithDocker } from "../stages/docker.ts";

/** What runtime and kernel make of one container; each document is null where the runtime has none or refused earlier. */
export interface ContainerWalk {
  readonly name: string;
  readonly kind: ContainerAt["kind"];
  readonly path: ContainerAt["path"];
  readonly spec: OciSpec | null;
  readonly sandboxSpec: OciSpec | null;
  readonly config: DockerConfig | null;
  readonly hostConfig: HostConfig | null;
  readonly error: string | null;
  /** With `error`: which of the runtime's calls refused. */
  readonly step: ContainerdAnswer["step"] | null;
  readonly status: ProcStatus | null;
  readonly trace: readonly Trace[];
  readonly findings: readonly Finding[];
}

/** Runs every container's CRI document, and the sandbox's, through the world's runtime. */
export function runtimeOf(
  answer: KubeletAnswer,
  pod: Pod,
  world: World,
  options: StageOptions,
): ContainerWalk[] {
  const places = new Map(containersOf(pod.spec).map((at) => [at.container.name, at]));
  const through =
    world.runtime.name === "containerd" ? throughContainerd(answer, world) : throughDocker;
  const walks: ContainerWalk[] = [];
  for (const container of answer.containers) {
    const place = places.get(container.name);
    if (place === undefined) continue;
    const image = world.images[place.container.image ?? ""] ?? {};
    const made =
      container.config === null ? NOTHING : through({ answer, container, image, world, options });
    const status = kernelStatus(made, container, world);
    walks.push({
      ...made,
      ...status,
      name: container.name,
      kind: container.kind,
      path: place.path,
      findings: made.findings.map((finding) => rebase(finding, place)),
    });
  }
  return walks;
}

type Made = Omit<ContainerWalk, "name" | "kind" | "path" | "status">;

interface Through {
  readonly answer: KubeletAnswer;
  readonly container: KubeletContainer;
  readonly image: ImageFacts;
  readonly world: World;
  readonly options: StageOptions;
}

const NOTHING: Made = {
  spec: null,
  sandboxSpec: null,
  config: null,
  hostConfig: null,
  error: null,
  step: null,
  trace: [],
  findings: [],
};

/** The pod's containers share one sandbox: it is made once, for the first of them. */
function throughContainerd(answer: KubeletAnswer, world: World): (one: Through) => Made {
  const sandbox = answer.sandbox?.linux ?? {};
  let started: StartedSandbox | undefined;
  return ({ container, image, options }) => {
    started ??= startSandbox({ sandbox }, world);
    const input = {
      sandbox,
      container: container.config?.linux.security_context ?? {},
      image,
      imageFilesUnknown: true,
      mounts: container.config?.mounts ?? [],
    };
    const { out, trace, findings } = startInSandbox(input, started, world, options);
    return {
      ...NOTHING,
      spec: out.spec ?? null,
      sandboxSpec: out.sandboxSpec ?? null,
      error: out.error ?? null,
      step: out.step,
      trace,
      findings,
    };
  };
}

function throughDocker({ answer, container, image, world, options }: Through): Made {
  const shim = dockershim(
    {
      sandbox: answer.sandbox?.linux ?? {},
      container: container.config?.linux.security_context ?? {},
      image,
    },
    world,
    options,
  );
  const { config, hostConfig, error } = shim.out;
  if (config === undefined || hostConfig === undefined || error !== undefined) {
    return { ...NOTHING, error: error ?? null, trace: shim.trace, findings: shim.findings };
  }
  const engine = startWithDocker({ config, hostConfig, image }, world, options);
  return {
    ...NOTHING,
    config,
    hostConfig,
    spec: engine.out.spec ?? null,
    error: engine.out.error ?? null,
    trace: [...shim.trace, ...engine.trace],
    findings: [...shim.findings, ...engine.findings],
  };
}

/** A container whose user nobody knows has no status that could be told. */
function kernelStatus(
  made: Made,
  container: KubeletContainer,
  world: World,
): { status: ProcStatus | null; error: string | null } {
  const unknownUser = container.unknown?.includes("image.user") === true;
  if (made.spec === null || made.error !== null || unknownUser) {
    return { status: null, error: made.error };
  }
  const { out } = kernel({ spec: made.spec }, world);
  return { status: out.status ?? null, error: out.error ?? null };
}

/** The runtime's rooms know a container's document, not where it stands in the pod. */
function rebase(finding: Finding, place: ContainerAt): Finding {
  const inContainer = finding.path[0] === "spec" ? finding.path : [...place.path, ...finding.path];
  return { ...finding, container: place.container.name, path: inContainer };
}
