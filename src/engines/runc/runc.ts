// The OCI runtime engine: runs a pod through runc, crun or any other by path, with specs made by containerd's rules.
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "../../node/directories.ts";
import { EngineError } from "../../node/errors.ts";
import type { HostFacts } from "../../node/node.ts";
import type { OciRuntime } from "../../node/ociRuntime.ts";
import type { Engine } from "../engine.ts";
import { planCgroups } from "./cgroups.ts";
import { openSandbox } from "./sandbox.ts";
import { bootId, processId, stateRoot, writeState } from "./state.ts";

/** Where one pod's things lie; made before its volumes are. */
export interface PodPlace {
  readonly id: string;
  readonly state: string;
  /** On a disk: what containers and volumes write. */
  readonly data: string;
}

/**
 * Writes the pod down and makes its directories.
 * @throws EngineError without root, or where the directories cannot be made
 */
export function makePlace(pod: { readonly name: string; readonly namespace: string }): PodPlace {
  if (process.getuid?.() !== 0) {
    throw new EngineError("running containers needs root: run it again with sudo");
  }
  const owner = processId("self");
  if (owner === undefined) throw new EngineError("/proc is not mounted here");
  const id = `${pod.name.slice(0, 40)}-${randomBytes(4).toString("hex")}`;
  const state = join(stateRoot(), id);
  const data = join(cacheDirectory(), "pods", id);
  try {
    writeState(state, {
      ...{ id, pod, owner, boot: bootId(), data },
      cgroups: planCgroups(id).directories,
    });
    mkdirSync(data, { recursive: true, mode: 0o711 });
  } catch (error) {
    rmSync(state, { recursive: true, force: true });
    throw new EngineError(`cannot write down the pod: ${(error as Error).message}`);
  }
  return { id, state, data };
}

/** Removes a place in which no sandbox was opened. */
export function dropPlace({ state, data }: PodPlace): void {
  rmSync(data, { recursive: true, force: true });
  rmSync(state, { recursive: true, force: true });
}

export function ociEngine(
  runtime: OciRuntime,
  {
    place,
    host,
    rulesOf,
  }: {
    readonly place: PodPlace;
    readonly host: HostFacts;
    readonly rulesOf: string;
  },
): Engine {
  return {
    info: { name: runtime.name, version: runtime.fullVersion, rulesOf },
    runSandbox: (request) =>
      openSandbox(request, {
        runtime: runtime.path,
        prepare: prepare(runtime, host),
        state: place.state,
        data: place.data,
        cgroups: planCgroups(place.id),
      }),
  };
}

/** crun refuses hosts where v1 controllers and the v2 tree lie side by side; in a mount table of its own it sees only v2. */
function prepare(runtime: OciRuntime, host: HostFacts): string[] {
  if (runtime.name !== "crun" || !host.cgroup.hybrid) return [];
  return ["umount -R /sys/fs/cgroup", "mount -t cgroup2 none /sys/fs/cgroup"];
}
