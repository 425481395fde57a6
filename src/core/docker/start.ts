// How dockerd words what its shim and the OCI runtime refuse.
// @see moby v28.5.2 daemon/start.go containerStart, initializeCreatedTask; daemon/errors.go setExitCodeFromError
import type { OciSpec } from "../model/oci.ts";
import { nearestRelease } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { DOCKER_RELEASES, type DockerRelease } from "../tables/docker.ts";

/** Which runc command refused. */
export type RuncPhase = "create" | "start";

/** What runc says of an init process that has died before its start. */
const DEAD = "container process is already dead";

interface RuncRefusal {
  /** runc's text, with or without `runc create failed: `. */
  readonly error: string;
  readonly phase: RuncPhase;
  /** The container's. */
  readonly spec: OciSpec;
}

/** runc's refusal of a container, as dockerd's API tells it. */
export function wrapStartError(refusal: RuncRefusal, world: World): string {
  const { words } = nearestRelease(DOCKER_RELEASES, world.runtime.version);
  return withAdvice(wrapRunc(refusal, words), words);
}

function wrapRunc(
  { error, phase, spec }: RuncRefusal,
  { createTask, shimSuffix, initDied }: DockerRelease["words"],
): string {
  const text = error.replace(/^runc (run|create|start) failed: /, "");
  if (phase === "create") {
    return `${createTask}failed to create shim task: OCI runtime create failed: runc create failed: ${text}${shimSuffix}`;
  }
  if (text !== DEAD) return `OCI runtime start failed: ${text}${shimSuffix}`;
  // Between create and start a network namespace of the container's own is kept by its process.
  const network = spec.linux?.namespaces?.find(({ type }) => type === "network");
  if (initDied === "network namespace" && network !== undefined && network.path === undefined) {
    return "bind-mount /proc/<PID>/ns/net -> /var/run/docker/netns/<ID>: no such file or directory";
  }
  return `cannot start a stopped process${shimSuffix}`;
}

function withAdvice(error: string, { directoryIsDenied }: DockerRelease["words"]): string {
  const text = error.toLowerCase();
  if (directoryIsDenied && text.includes("permission denied")) return error;
  if (directoryIsDenied && text.includes("is a directory")) return `${error}: permission denied`;
  return text.includes("not a directory")
    ? `${error}: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`
    : error;
}
