// How dockerd words the refusal of its containerd and OCI runtime to start a container; HTTP 500 (400 for what is missing).
// @see moby v28.5.2 daemon/start.go containerStart; daemon/internal/libcontainerd/remote/client.go NewTask
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { World } from "../model/world.ts";

interface Words {
  readonly create: string;
  /** What the shim's gRPC code adds. */
  readonly suffix: string;
  /** An init that has died between create and start. */
  readonly dead: string;
}
const SHIM = "failed to create shim task: OCI runtime create failed: runc create failed: ";
const STOPPED = "cannot start a stopped process: unknown";
const WORDS: ReleasedRows<Words> = [
  { since: "20.10", value: { create: SHIM, suffix: ": unknown", dead: STOPPED } },
  {
    since: "24.0",
    value: {
      create: `failed to create task for container: ${SHIM}`,
      suffix: ": unknown",
      dead: STOPPED,
    },
  },
  {
    since: "28.0",
    value: {
      create: `failed to create task for container: ${SHIM}`,
      suffix: "",
      // dockerd gives the container its network before the start, and finds nobody to give it to.
      dead: "bind-mount /proc/<PID>/ns/net -> /var/run/docker/netns/<ID>: no such file or directory",
    },
  },
];

const DEAD = "container process is already dead";

/** `error` as runc says it behind `runc create failed: `; `phase`: which runc command refused. */
export function wrapStartError(
  error: string,
  world: World,
  phase: "create" | "start" = "create",
): string {
  const words = atRelease(WORDS, world.runtime.version);
  if (words === undefined) return error;
  if (phase === "create") return words.create + error + words.suffix;
  return error === DEAD ? words.dead : `OCI runtime start failed: ${error}${words.suffix}`;
}
