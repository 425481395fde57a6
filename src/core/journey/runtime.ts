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
import { sandboxRefusal } from "../stages/dockerSandbox.ts";
import { askedOnce, type Memo } from "./askedOnce.ts";

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
  /** Parts of the world that the documents rest on and nobody told: `image.passwd`, `image.group`. */
  readonly unknown: readonly string[];
  readonly trace: readonly Trace[];
  readonly findings: readonly Finding[];
}

/** What the runtime made of documents before, in one world. */
export type RuntimeMemo = Memo<Remembered>;
interface Remembered {
  readonly made: Made;
  readonly status: ProcStatus | null;
  readonly error: string | null;
}

export interface RuntimeOptions extends StageOptions {
  readonly memo?: RuntimeMemo;
}

/** Runs every container's CRI document, and the sandbox's, through the world's runtime. */
export function runtimeOf(
  answer: KubeletAnswer,
  pod: Pod,
  world: World,
  options: RuntimeOptions,
): ContainerWalk[] {
  const places = containersOf(pod.spec);
  const through =
    world.runtime.name === "containerd"
      ? throughContainerd(answer, world)
      : throughDocker(answer, pod, world);
  const walks: ContainerWalk[] = [];
  for (const container of answer.containers) {
    const place = places.findLast((at) => at.container.name === container.name);
    if (place === undefined) continue;
    const image = world.images[place.container.image ?? ""] ?? {};
    const { made, status, error } = remembered(
      { answer, container, image, world, options },
      through,
    );
    const findings = made.findings.map((finding) => rebase(finding, place));
    const { spec, sandboxSpec, config, hostConfig, step, trace, unknown } = made;
    const { name, kind } = container;
    walks.push({
      spec,
      sandboxSpec,
      config,
      hostConfig,
      error,
      step,
      unknown,
      trace,
      findings,
      status,
      name,
      kind,
      path: place.path,
    });
  }
  return walks;
}

function remembered(one: Through, through: (one: Through) => Made): Remembered {
  const { answer, container, image, world, options } = one;
  if (container.config === null) return { made: NOTHING, status: null, error: null };
  const { linux, mounts } = container.config;
  // What dockershim is asked holds the pod's name.
  const memo = world.runtime.name === "containerd" ? options.memo : undefined;
  const asked = [answer.sandbox?.linux, linux?.security_context, mounts, image, container.unknown];
  return askedOnce(memo, asked, () => {
    const made = through(one);
    return { made, ...kernelStatus(made, container, world) };
  });
}

type Made = Omit<ContainerWalk, "name" | "kind" | "path" | "status">;

interface Through {
  readonly answer: KubeletAnswer;
  readonly container: KubeletContainer;
  readonly image: ImageFacts;
  readonly world: World;
  readonly options: RuntimeOptions;
}

const NOTHING: Made = {
  spec: null,
  sandboxSpec: null,
  config: null,
  hostConfig: null,
  error: null,
  step: null,
  unknown: [],
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
      container: container.config?.linux?.security_context ?? {},
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
      unknown: out.unknown ?? [],
      trace,
      findings,
    };
  };
}

/** The first container's sandbox is the pod's; where dockerd cannot start it, no container is asked for. */
function throughDocker(answer: KubeletAnswer, pod: Pod, world: World): (one: Through) => Made {
  const sandbox = answer.sandbox?.linux ?? {};
  const names = { pod: pod.metadata?.name ?? "" };
  let refused: { readonly error: string | undefined } | undefined;
  return ({ container, image, options }) => {
    const shim = dockershim(
      {
        sandbox,
        container: container.config?.linux?.security_context ?? {},
        image,
        names: { ...names, container: container.name },
      },
      world,
      options,
    );
    const { step, config, hostConfig, error } = shim.out;
    const { trace, findings } = shim;
    if (config === undefined || hostConfig === undefined || error !== undefined) {
      return { ...NOTHING, step, error: error ?? null, trace, findings };
    }
    refused ??= { error: shim.out.sandbox && sandboxRefusal(shim.out.sandbox, names.pod, world) };
    if (refused.error !== undefined) {
      return { ...NOTHING, step: "sandbox", error: refused.error, trace, findings };
    }
    const input = { config, hostConfig, image, imageFilesUnknown: true };
    const engine = startWithDocker(input, world, options);
    return {
      ...NOTHING,
      config,
      hostConfig,
      spec: engine.out.spec ?? null,
      error: engine.out.error ?? null,
      step: engine.out.step,
      unknown: engine.out.unknown ?? [],
      trace: [...trace, ...engine.trace],
      findings: [...findings, ...engine.findings],
    };
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
  const { id, stage, severity, message, origin } = finding;
  const container = place.container.name;
  const { field, path } = stage === "runc" ? ofSpec(finding) : finding;
  const inPod = path[0] === "spec" ? path : [...place.path, ...path];
  const about = { id, stage, severity, path: inPod, message, origin, container };
  return field === undefined ? about : { ...about, field };
}

/** Parts of the OCI spec that a pod's field is behind. */
const FIELD_OF_SPEC: Readonly<Record<string, Pick<Finding, "path"> & { readonly field: string }>> =
  {
    "process.capabilities": inContext("capabilities"),
    "process.apparmorProfile": inContext("appArmorProfile"),
    "process.selinuxLabel": inContext("seLinuxOptions"),
    "process.noNewPrivileges": inContext("allowPrivilegeEscalation"),
    "process.user": inContext("runAsUser"),
    "linux.seccomp": inContext("seccompProfile"),
    "linux.sysctl": { field: "sysctls", path: ["spec", "securityContext", "sysctls"] },
  };

function inContext(field: string) {
  return { field, path: ["securityContext", field] };
}

/** Of the rest of a spec the container itself is the place. */
function ofSpec({ path }: Finding): Pick<Finding, "path" | "field"> {
  return FIELD_OF_SPEC[path.slice(0, 2).join(".")] ?? { path: [] };
}
