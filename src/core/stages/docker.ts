// dockerd with its OCI runtime: what a create request becomes, and whether the container starts.
import { type DockerAnswer, type DockerInput, docker } from "../docker/docker.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { runc } from "../runc/runc.ts";

/** POST /containers/create, then /start. */
export function startWithDocker(
  input: DockerInput,
  world: World,
  options?: StageOptions,
): StageReport<DockerAnswer> {
  const created = docker(input, world, options);
  const { step, spec } = created.out;
  if (step !== "ok" || spec === undefined) return created;
  const started = runc({ spec }, world, options);
  const { error } = started.out;
  return {
    ...created,
    out: error === undefined ? created.out : { step: "start", spec, error },
    gates: [...created.gates, ...started.gates],
    findings: [...created.findings, ...started.findings],
  };
}
