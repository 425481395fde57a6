// containerd with its OCI runtime: sandbox and container as far as runc lets them start, in the order a kubelet asks for them.
import {
  type ContainerdAnswer,
  type ContainerdInput,
  containerd,
} from "../containerd/containerd.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { runc } from "../runc/runc.ts";

/**
 * RunPodSandbox, CreateContainer, StartContainer. A sandbox that runc refuses ends it before the container is looked
 * at; a container that runc refuses ends it at step start. The specs stay in the answer.
 */
export function startWithContainerd(
  input: ContainerdInput,
  world: World,
  options?: StageOptions,
): StageReport<ContainerdAnswer> {
  const created = containerd(input, world, options);
  const { step, sandboxSpec, spec } = created.out;
  if (step === "sandbox" || sandboxSpec === undefined) return created;
  const sandboxStart = runc({ spec: sandboxSpec }, world, options);
  if (sandboxStart.out.error !== undefined) {
    return refused(created, sandboxStart, { step: "sandbox", sandboxSpec });
  }
  if (step !== "ok" || spec === undefined) return created;
  const started = runc({ spec }, world, options);
  if (started.out.error !== undefined) {
    return refused(created, started, { step: "start", sandboxSpec, spec });
  }
  return joined(created, started, created.out);
}

type Refusal = Omit<ContainerdAnswer, "error">;

function refused(
  created: StageReport<ContainerdAnswer>,
  started: ReturnType<typeof runc>,
  refusal: Refusal,
): StageReport<ContainerdAnswer> {
  const error = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ${started.out.error}`;
  return joined(created, started, { ...refusal, error });
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
