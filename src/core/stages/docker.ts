// dockerd with its OCI runtime: what a create request becomes, and whether the container starts.
import { type DockerAnswer, type DockerInput, docker } from "../docker/docker.ts";
import { wrapStartError } from "../docker/start.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { runc } from "../runc/runc.ts";

/** POST /containers/create, then /start. A container whose program is not executed has been started: it exits. */
export function startWithDocker(
  input: DockerInput,
  world: World,
  options?: StageOptions,
): StageReport<DockerAnswer> {
  const created = docker(input, world, options);
  const { step, spec } = created.out;
  if (step !== "ok" || spec === undefined) return created;
  const started = runc({ spec: withProgram(spec) }, world, options);
  const { error, phase = "create" } = started.out;
  const refused = error !== undefined && phase !== "exec";
  return {
    ...created,
    out: refused
      ? { ...created.out, step: "start", error: wrapStartError(error, world, phase) }
      : created.out,
    gates: [...created.gates, ...started.gates],
    findings: [...created.findings, ...started.findings],
  };
}

/** The security parts of a create request name no program; runc asks for one. */
function withProgram(spec: OciSpec): OciSpec {
  return { ...spec, process: { args: ["<COMMAND>"], cwd: "/", ...spec.process } };
}
