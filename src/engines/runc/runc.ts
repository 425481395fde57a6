// The OCI runtime engine: runs a pod through runc, crun or any other by path, with specs made by containerd's rules.
import type { HostFacts } from "../../node/node.ts";
import type { OciRuntime } from "../../node/ociRuntime.ts";
import type { Engine } from "../engine.ts";
import { planCgroups } from "./cgroups.ts";
import type { PodPlace } from "./podPlace.ts";
import { openSandbox } from "./sandbox.ts";

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
