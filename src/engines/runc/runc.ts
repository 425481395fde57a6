// The OCI runtime engine: runs a pod through runc, crun or any other by path, with specs made by containerd's rules.
import type { OciSpec } from "../../core/model/oci.ts";
import { holdsIn } from "../../core/model/version.ts";
import type { HostFacts } from "../../node/node.ts";
import type { OciRuntime } from "../../node/ociRuntime.ts";
import type { Engine } from "../engine.ts";
import type { PodPlace } from "../podPlace.ts";
import {
  type BegunSandbox,
  beginSandbox,
  type HeldEarly,
  likelyNamespaces,
  type SandboxOptions,
} from "./begin.ts";
import { beginLayers } from "./begunLayers.ts";
import { cgroupRoots, controllersBelow } from "./cgroupRoots.ts";
import { planCgroups } from "./cgroups.ts";
import { quote } from "./holder.ts";
import { openSandbox } from "./openSandbox.ts";
import { staysInHost, withoutCgroups } from "./withoutRoot.ts";

export function ociEngine(
  runtime: OciRuntime,
  {
    place,
    host,
    rulesOf,
    requestTimeoutMs,
    early,
  }: {
    readonly place: PodPlace;
    readonly host: HostFacts;
    readonly rulesOf: string;
    readonly requestTimeoutMs: number;
    readonly early?: HeldEarly | undefined;
  },
): Engine {
  const cgroups = planCgroups(place.id);
  const hasCgroups = cgroups.directories.length > 0;
  const inUserNamespace = host.ids !== undefined;
  const notLimited = hasCgroups ? notLimitedBy(runtime, host) : NO_CGROUPS;
  const options: SandboxOptions = {
    runtime: runtime.path,
    canKeep: knowsKeep(runtime),
    // runc makes pipes of its own.
    handsOn: runtime.name !== "runc",
    words: hasCgroups || runtime.name !== "crun" ? [] : ["--cgroup-manager", "disabled"],
    prepare: prepare(runtime, host),
    adapt(spec, sandbox) {
      const shown = inUserNamespace ? staysInHost(spec, sandbox) : spec;
      if (!hasCgroups) return withoutCgroups(shown);
      return adapt(withoutLimits(shown, notLimited), runtime, host);
    },
    state: place.state,
    data: place.data,
    cgroups,
    inUserNamespace,
    requestTimeoutMs,
  };
  let held = early;
  let begun: BegunSandbox | undefined;
  function take(): BegunSandbox | undefined {
    const taken = begun;
    begun = undefined;
    return taken;
  }
  return {
    info: { name: runtime.name, version: runtime.fullVersion, rulesOf },
    isRuntime: false,
    notLimited,
    begin({ spec }, hostname, tmpfs) {
      // With a user namespace the ids have to be known first.
      if (spec.hostUsers === false) return;
      begun = beginSandbox(options, { own: likelyNamespaces(spec), hostname, tmpfs }, held);
      held = undefined;
    },
    beginContainers(containers) {
      if (begun === undefined) return;
      beginLayers(begun.layers, containers, begun.holder, options);
      begun.holder.prepareStart();
    },
    runSandbox: (request) => openSandbox(request, options, take()),
    async close() {
      await (take() ?? held)?.holder.release();
    },
  };
}

const WHY_NO_CGROUPS =
  "without root there are control groups only in a part of the cgroup v2 tree that is delegated to the user";
const NO_CGROUPS = { cpu: WHY_NO_CGROUPS, memory: WHY_NO_CGROUPS };

/** crun refuses hosts where v1 controllers and the v2 tree lie side by side; in a mount table of its own it sees only v2. */
function prepare(runtime: OciRuntime, host: HostFacts): string[] {
  const { hybrid, unified = "" } = host.cgroup;
  if (runtime.name !== "crun" || !hybrid) return [];
  // Of a mount table that a user namespace inherits nothing can be taken away, only covered.
  if (host.ids !== undefined) return [`mount --bind ${quote(unified)} /sys/fs/cgroup`];
  return ["umount -R /sys/fs/cgroup", "mount -t cgroup2 none /sys/fs/cgroup"];
}

/** @see runc v1.1.0 run.go */
function knowsKeep({ name, version }: OciRuntime): boolean {
  return name === "runc" && holdsIn({ since: "1.1" }, version);
}

/** The controllers that the runtime would need; without one it refuses a spec that asks for it. */
function notLimitedBy(
  { name }: OciRuntime,
  { cgroup }: HostFacts,
): Readonly<Partial<Record<"cpu" | "memory", string>>> {
  const isUnified = cgroup.version === "v2" || (name === "crun" && cgroup.hybrid);
  const top = cgroup.unified ?? "";
  const root = cgroup.version === "v2" ? (cgroupRoots(cgroup)[0] ?? top) : top;
  const there = isUnified ? controllersBelow(root, top) : Object.keys(cgroup.controllers);
  const whole = "in the cgroup v2 tree, which is all that it sees here";
  const part = "in the part of the cgroup v2 tree that this user has";
  const where = !isUnified ? "here" : root === top ? whole : part;
  const missing = (["cpu", "memory"] as const).filter((controller) => !there.includes(controller));
  return Object.fromEntries(
    missing.map((controller) => [controller, `${name} has no ${controller} controller ${where}`]),
  );
}

function withoutLimits(spec: OciSpec, notLimited: NonNullable<Engine["notLimited"]>): OciSpec {
  const missing = Object.keys(notLimited);
  if (missing.length === 0) return spec;
  const { unified, ...asked } = spec.linux?.resources ?? {};
  const isThere = ([name]: readonly [string, unknown]): boolean =>
    !missing.includes(name.split(".")[0] ?? "");
  // Files of the v2 tree are asked for by their names: `memory.oom.group`.
  const files = Object.entries((unified ?? {}) as Readonly<Record<string, string>>).filter(isThere);
  const resources = {
    ...Object.fromEntries(Object.entries(asked).filter(isThere)),
    ...(files.length === 0 ? {} : { unified: Object.fromEntries(files) }),
  };
  return { ...spec, linux: { ...spec.linux, resources } };
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
