// dockerd: a create request → the OCI spec, or its refusal.
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";

export interface DockerInput {
  readonly config: DockerConfig;
  readonly hostConfig: HostConfig;
  readonly image: ImageFacts;
}
export interface DockerAnswer {
  readonly step: "ok" | "create" | "start";
  readonly spec?: OciSpec;
  readonly error?: string;
}

export function docker(
  _input: DockerInput,
  _world: World,
  _options?: StageOptions,
): StageReport<DockerAnswer> {
  throw new Error("not built");
}
