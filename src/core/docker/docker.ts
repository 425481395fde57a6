// dockerd: a create request → the OCI spec, or its refusal.
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";
import { userOfImage } from "../rules/imageUser.ts";
import { type CreatedContainer, createContainer } from "./create.ts";
import { type Facts, factsOf } from "./facts.ts";
import { findingsOf } from "./findings.ts";
import type { JoinedContainer } from "./joined.ts";
import { report } from "./report.ts";
import { readRequest } from "./request.ts";
import { containerStart } from "./spec.ts";
import { traceOf } from "./trace.ts";

export interface DockerInput {
  readonly config: DockerConfig;
  readonly hostConfig: HostConfig;
  readonly image: ImageFacts;
  /** Files that `image` lacks are unknown, not absent: what rests on them is marked, never guessed. */
  readonly imageFilesUnknown?: boolean;
  /**
   * The daemon's other containers by the name or id that a request uses, for `container:NAME`. Absent: an id is taken
   * to be one that runs, any other name for none.
   */
  readonly containers?: Readonly<Record<string, JoinedContainer>>;
}
export interface DockerAnswer {
  readonly step: "ok" | "create" | "start";
  readonly spec?: OciSpec;
  /** The API's message. */
  readonly error?: string;
  /** Parts of the world that the spec would need and nobody told; what rests on them is left out of it. */
  readonly unknown?: readonly string[];
}

/** POST /containers/create, then /start as far as dockerd itself decides. */
export function docker(
  input: DockerInput,
  world: World,
  options: StageOptions = {},
): StageReport<DockerAnswer> {
  const facts = factsOf(world, input.containers);
  const request = readRequest(input.config, input.hostConfig);
  const created = createContainer(request, facts);
  const out: DockerAnswer =
    created.error === undefined
      ? started(created.container, input, facts)
      : { step: "create", error: created.error };
  const of = { request, container: created.container, input, out, facts };
  return report({
    out,
    trace: options.trace === true ? traceOf(of) : [],
    findings: findingsOf(of),
    world,
  });
}

function started(container: CreatedContainer, input: DockerInput, facts: Facts): DockerAnswer {
  const { passwd, group } = input.image ?? {};
  const made = containerStart({
    container,
    imageUser: userOfImage(input.image ?? {}),
    files: {
      ...(passwd === undefined ? {} : { passwd }),
      ...(group === undefined ? {} : { group }),
      known: input.imageFilesUnknown !== true,
    },
    facts,
  });
  if (made.error !== undefined) return { step: "start", error: made.error };
  const unknown = [...facts.unknown].sort();
  return { step: "ok", spec: made.spec, ...(unknown.length === 0 ? {} : { unknown }) };
}
