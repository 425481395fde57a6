// dockerd with its OCI runtime: what a create request becomes, and whether the container starts.
import { type DockerAnswer, type DockerInput, docker } from "../docker/docker.ts";
import { wrapStartError } from "../docker/start.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { runc } from "../runc/runc.ts";

/** POST /containers/create, then /start. A container that runc refuses ends it at step start; its spec stays in the answer. */
export function startWithDocker(
  input: DockerInput,
  world: World,
  options?: StageOptions,
): StageReport<DockerAnswer> {
  const created = docker(input, world, options);
  const { step, spec } = created.out;
  if (step !== "ok" || spec === undefined) return created;
  const started = runc({ spec: withProgram(spec) }, world, options);
  const gates = [...created.gates, ...started.gates];
  const findings = [...created.findings, ...started.findings];
  const { error, phase = "create" } = started.out;
  // An exec that fails is the container's exit for containerd; dockerd has no other word for it either.
  if (error === undefined || phase === "exec") return { ...created, gates, findings };
  const text = wrapStartError({ error, phase, spec }, world);
  return { ...created, out: { ...created.out, step: "start", error: text }, gates, findings };
}

/** The program is the image's; runc asks for one. */
function withProgram(spec: OciSpec): OciSpec {
  return { ...spec, process: { args: ["<COMMAND>"], ...spec.process } };
}
