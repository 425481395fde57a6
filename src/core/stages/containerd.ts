// containerd with its OCI runtime: sandbox and container as far as runc lets them start, in the order a kubelet asks for them.
import {
  type ContainerdAnswer,
  type ContainerdInput,
  containerd,
} from "../containerd/containerd.ts";
import { wrapSandboxError, wrapStartError } from "../containerd/start.ts";
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
    const error = wrapSandboxError(sandboxStart.out.error, world);
    return joined(created, sandboxStart, { step: "sandbox", sandboxSpec, error });
  }
  if (step !== "ok" || spec === undefined) return created;
  const started = runc({ spec }, world, options);
  if (started.out.error !== undefined) {
    const error = wrapStartError(started.out.error, world);
    return joined(created, started, { ...created.out, step: "start", error });
  }
  return joined(created, started, created.out);
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
