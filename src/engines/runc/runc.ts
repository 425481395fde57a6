// The OCI runtime engine: runs a pod through runc, crun or any other by path, with specs made by containerd's rules.
import type { OciSpec } from "../../core/model/oci.ts";
import type { Pod } from "../../core/model/pod.ts";
import type { HostFacts } from "../../node/node.ts";
import type { OciRuntime } from "../../node/ociRuntime.ts";
import type { Engine } from "../engine.ts";
import type { PodPlace } from "../podPlace.ts";
import { type BegunSandbox, beginSandbox, type SandboxOptions } from "./begin.ts";
import { planCgroups } from "./cgroups.ts";
import type { HeldNamespace } from "./holder.ts";
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
  const options: SandboxOptions = {
    runtime: runtime.path,
    prepare: prepare(runtime, host),
    adapt: (spec) => adapt(spec, runtime, host),
    state: place.state,
    data: place.data,
    cgroups: planCgroups(place.id),
  };
  let begun: BegunSandbox | undefined;
  function take(): BegunSandbox | undefined {
    const taken = begun;
    begun = undefined;
    return taken;
  }
  return {
    info: { name: runtime.name, version: runtime.fullVersion, rulesOf },
    isRuntime: false,
    begin({ spec }) {
      // With a user namespace the ids have to be known first.
      if (spec.hostUsers !== false) begun = beginSandbox(options, likelyNamespaces(spec));
    },
    runSandbox: (request) => openSandbox(request, options, take()),
    async close() {
      await take()?.holder.release();
    },
  };
}

/** What the sandbox's document will most probably say; where it says otherwise, another is made. */
function likelyNamespaces({ hostNetwork, hostIPC }: Pod["spec"]): HeldNamespace[] {
  return [
    ...(hostNetwork === true ? [] : (["net"] as const)),
    ...(hostIPC === true ? [] : (["ipc"] as const)),
    ...(hostNetwork === true ? [] : (["uts"] as const)),
  ];
}

/** crun refuses hosts where v1 controllers and the v2 tree lie side by side; in a mount table of its own it sees only v2. */
function prepare(runtime: OciRuntime, host: HostFacts): string[] {
  if (runtime.name !== "crun" || !host.cgroup.hybrid) return [];
  return ["umount -R /sys/fs/cgroup", "mount -t cgroup2 none /sys/fs/cgroup"];
}

/**
 * crun raises its limit of locked memory before it loads device rules and gives up where it may not (it would not need
 * to since Linux 5.11). Without any rule it denies all but the standard devices, which is what a rule that denies all
 * means too.
 */
function adapt(spec: OciSpec, runtime: OciRuntime, host: HostFacts): OciSpec {
  const mayRaise = host.node.capabilities?.includes("CAP_SYS_RESOURCE") !== false;
  const { devices = [], ...resources } = spec.linux?.resources ?? {};
  const deniesAll = devices.every(({ allow }) => !allow);
  if (runtime.name !== "crun" || mayRaise || !deniesAll) return spec;
  return { ...spec, linux: { ...spec.linux, resources } };
}
