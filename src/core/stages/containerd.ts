// containerd with its OCI runtime: sandbox and container as far as runc lets them start, in the order a kubelet asks for them.
import {
  type ContainerdAnswer,
  type ContainerdInput,
  containerdInSandbox,
  type PodSandbox,
  podSandbox,
} from "../containerd/containerd.ts";
import { wrapSandboxError, wrapStartError } from "../containerd/start.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { type RuncAnswer, runc } from "../runc/runc.ts";

/**
 * RunPodSandbox, CreateContainer, StartContainer. A sandbox that runc refuses ends it before the container is looked
 * at; a container that runc refuses ends it at step start. The specs stay in the answer.
 */
export function startWithContainerd(
  input: ContainerdInput,
  world: World,
  options?: StageOptions,
): StageReport<ContainerdAnswer> {
  return startInSandbox(input, startSandbox(input, world), world, options);
}

/** A pod's sandbox as its containers find it: what containerd made, and what runc says of that. */
export interface StartedSandbox {
  readonly made: PodSandbox;
  /** Absent when containerd itself refused the sandbox. */
  readonly start?: ReturnType<typeof runc>;
}

/** RunPodSandbox alone; its answer holds for every container of the pod. */
export function startSandbox(
  input: Pick<ContainerdInput, "sandbox" | "pauseImage">,
  world: World,
): StartedSandbox {
  const made = podSandbox(input, world);
  if (made.started.error !== undefined) return { made };
  return { made, start: runc({ spec: made.started.sandbox.spec }, world) };
}

/** As `startWithContainerd`, with the sandbox that `startSandbox` made of the same input. */
export function startInSandbox(
  input: ContainerdInput,
  sandbox: StartedSandbox,
  world: World,
  options?: StageOptions,
): StageReport<ContainerdAnswer> {
  const created = containerdInSandbox(input, sandbox.made, options);
  const { step, sandboxSpec, spec } = created.out;
  if (sandbox.start === undefined || sandboxSpec === undefined) return created;
  const sandboxRefusal = refusalOf(sandbox.start.out);
  if (sandboxRefusal !== undefined) {
    const error = wrapSandboxError(sandboxRefusal.error, world, sandboxRefusal.phase);
    return joined(created, sandbox.start, { step: "sandbox", sandboxSpec, error });
  }
  if (step !== "ok" || spec === undefined) return created;
  const started = runc({ spec: withProgram(spec) }, world, options);
  const refusal = refusalOf(started.out);
  if (refusal !== undefined) {
    const error = wrapStartError(refusal.error, world, refusal.phase);
    return joined(created, started, { ...created.out, step: "start", error });
  }
  return joined(created, started, created.out);
}

/** An exec that fails is the container's exit: it has been started. */
function refusalOf({
  error,
  phase = "create",
}: RuncAnswer): { readonly error: string; readonly phase: "create" | "start" } | undefined {
  return error === undefined || phase === "exec" ? undefined : { error, phase };
}

/** The request of a security context names no program; runc asks for one. */
function withProgram(spec: OciSpec): OciSpec {
  return { ...spec, process: { args: ["<COMMAND>"], ...spec.process } };
}

function joined(
  created: StageReport<ContainerdAnswer>,
  started: ReturnType<typeof runc>,
  out: ContainerdAnswer,
): StageReport<ContainerdAnswer> {
  return {
    stage: "containerd",
    out,
    trace: created.trace,
    gates: [...created.gates, ...started.gates],
    findings: [...created.findings, ...started.findings],
  };
}
