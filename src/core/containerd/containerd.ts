// containerd's CRI plugin: CRI documents → OCI specs, in the order of buildLinuxSpec, or its refusal.
import type {
  CriMount,
  LinuxContainerSecurityContext,
  LinuxPodSandboxConfig,
} from "../model/cri.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";
import { type CriSecurityContext, readSecurityContext } from "../rules/criSecurityContext.ts";
import { userOfImage } from "../rules/imageUser.ts";
import { createContainer } from "./container.ts";
import { type Facts, factsOf, forContainer } from "./facts.ts";
import { findingsOf } from "./findings.ts";
import { imageFiles } from "./imageFiles.ts";
import { report } from "./report.ts";
import { runPodSandbox, type SandboxOrError } from "./sandbox.ts";
import { rootfsError, rpcError, updateContainerIOOwner } from "./start.ts";
import { traceOf } from "./trace.ts";

export interface ContainerdInput {
  readonly sandbox: LinuxPodSandboxConfig;
  readonly container: LinuxContainerSecurityContext;
  readonly image: ImageFacts;
  /** ContainerConfig.mounts: they follow containerd's own. */
  readonly mounts?: readonly CriMount[];
  /** Files that `image` lacks are unknown, not absent: what rests on them is marked, never guessed. */
  readonly imageFilesUnknown?: boolean;
  /** The sandbox's image; absent: one without USER, passwd and group. */
  readonly pauseImage?: ImageFacts;
}
export interface ContainerdAnswer {
  readonly step: "ok" | "sandbox" | "create" | "start";
  readonly sandboxSpec?: OciSpec;
  readonly spec?: OciSpec;
  readonly error?: string;
  /** What the world does not tell, and the spec therefore lacks: `image.user`, `node.devices`. */
  readonly unknown?: readonly string[];
}

/**
 * RunPodSandbox, CreateContainer, and of StartContainer what comes before the OCI runtime. Ids and paths that only a
 * running daemon knows are placeholders (`<ID>`, `<SANDBOX_PID>`); SELinux categories are drawn in order, see facts.ts.
 * A nil message may be null.
 */
export function containerd(
  input: ContainerdInput,
  world: World,
  options?: StageOptions,
): StageReport<ContainerdAnswer> {
  return containerdInSandbox(input, podSandbox(input, world), options);
}

/** What RunPodSandbox made, for all containers of the pod. */
export interface PodSandbox {
  readonly sc: CriSecurityContext;
  readonly started: SandboxOrError;
  readonly facts: Facts;
}

/** RunPodSandbox alone. */
export function podSandbox(
  { sandbox, pauseImage }: Pick<ContainerdInput, "sandbox" | "pauseImage">,
  world: World,
): PodSandbox {
  const facts = factsOf(world);
  const sc = readSecurityContext(sandbox?.security_context);
  const call = { sc, sysctls: sandbox?.sysctls ?? {}, pause: pauseImage ?? {}, facts };
  return { sc, started: runPodSandbox(call), facts };
}

/** As `containerd`, with the sandbox that `podSandbox` made of the same input. */
export function containerdInSandbox(
  input: ContainerdInput,
  { sc: sandboxSc, started, facts: before }: PodSandbox,
  options?: StageOptions,
): StageReport<ContainerdAnswer> {
  const facts = forContainer(before);
  const sc = readSecurityContext(input.container);
  const made = { sc, sandboxSc, input, out: answerOf(input, sc, started, facts), facts };
  return report({
    out: made.out,
    trace: options?.trace === true ? traceOf(made) : [],
    findings: findingsOf(made),
    world: facts.world,
  });
}

function answerOf(
  input: ContainerdInput,
  sc: CriSecurityContext,
  started: SandboxOrError,
  facts: Facts,
): ContainerdAnswer {
  if (started.error !== undefined) return { step: "sandbox", error: rpcError(started.error) };
  const { sandbox } = started;
  const sandboxSpec = sandbox.spec;
  const image = input.image ?? {};
  const created = createContainer({
    sc,
    sandbox,
    imageUser: userOfImage(image),
    files: imageFiles(image, facts, input.imageFilesUnknown !== true),
    mounts: input.mounts ?? [],
    facts,
  });
  if (created.error !== undefined) {
    return { step: "create", sandboxSpec, error: rpcError(created.error, created.code) };
  }
  const { spec } = created;
  const unknown = facts.unknown.size === 0 ? {} : { unknown: [...facts.unknown] };
  const error =
    updateContainerIOOwner(sc, spec, facts) ?? rootfsError(spec.linux?.mountLabel ?? "", facts);
  if (error !== undefined) {
    return { step: "start", sandboxSpec, spec, error: rpcError(error), ...unknown };
  }
  return { step: "ok", sandboxSpec, spec, ...unknown };
}
