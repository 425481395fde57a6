// The first part of RunPodSandbox, which needs nothing of the pod's but which namespaces it has.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { OciSpec } from "../../core/model/oci.ts";
import type { Pod } from "../../core/model/pod.ts";
import { EngineError } from "../../node/errors.ts";
import { removeTree } from "../../node/removeTree.ts";
import type { TmpfsMount } from "../engine.ts";
import type { BegunLayers } from "./begunLayers.ts";
import type { CgroupPlan } from "./cgroups.ts";
import { type HeldNamespace, type Holder, quote, startHolder } from "./holder.ts";
import { isMounted, mountTmpfs, prepareNamespaces } from "./sandboxSetUp.ts";
import type { Streams } from "./spawn.ts";
import { type IdMaps, mapText } from "./userNamespace.ts";

export interface SandboxOptions extends Streams {
  /** Path of the OCI runtime. */
  readonly runtime: string;
  /** Options of the runtime itself that this machine needs. */
  readonly words: readonly string[];
  /** The runtime can leave a container that has ended: `--keep`. */
  readonly canKeep: boolean;
  /** Shell commands that the runtime needs in its mount table before anything else. */
  readonly prepare: readonly string[];
  /** What the runtime needs changed in a spec on this machine; it must mean the same. */
  readonly adapt: (spec: OciSpec, sandbox: OciSpec) => OciSpec;
  readonly state: string;
  readonly data: string;
  readonly cgroups: CgroupPlan;
  /** secctx is root in a user namespace only. */
  readonly inUserNamespace: boolean;
  /** How long the runtime may take to start a container. */
  readonly requestTimeoutMs: number;
}

/** A sandbox that may be held before its pod's documents are made. */
export interface BegunSandbox {
  readonly own: readonly HeldNamespace[];
  readonly hostname: string;
  /** Mounted when it is ready. */
  readonly tmpfs: readonly TmpfsMount[];
  readonly holder: Holder;
  /** Of containers that will probably start. */
  readonly layers: BegunLayers;
  /** The process whose namespaces they are. Rejects with the EngineError that says why this machine cannot hold them. */
  readonly ready: Promise<number>;
}

interface Wanted {
  readonly own: readonly HeldNamespace[];
  readonly hostname: string;
  readonly ids?: IdMaps | undefined;
  readonly tmpfs?: readonly TmpfsMount[];
}

/** Namespaces that are held before anything else of the pod is known. */
export interface HeldEarly {
  readonly own: readonly HeldNamespace[];
  readonly holder: Holder;
}

/** Undefined where the pod's ids have to be known first, or this machine does not let secctx make namespaces. */
export function holdEarly({ spec }: Pod): HeldEarly | undefined {
  if (spec.hostUsers === false) return undefined;
  const own = likelyNamespaces(spec);
  try {
    return { own, holder: startHolder(own) };
  } catch (error) {
    // Said when the pod is known to need them.
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** What the sandbox's document will most probably say; where it says otherwise, another is made. */
export function likelyNamespaces({ hostNetwork, hostIPC }: Pod["spec"]): HeldNamespace[] {
  return [
    ...(hostNetwork === true ? [] : (["net"] as const)),
    ...(hostIPC === true ? [] : (["ipc"] as const)),
    ...(hostNetwork === true ? [] : (["uts"] as const)),
  ];
}

/**
 * @param early a holder that is taken if its namespaces are those, and let go otherwise
 * @throws EngineError when this machine does not let secctx make namespaces
 */
export function beginSandbox(
  options: SandboxOptions,
  { own, hostname, ids, tmpfs = [] }: Wanted,
  early?: HeldEarly,
): BegunSandbox {
  const { state, data, cgroups } = options;
  if (own.includes("ipc")) mkdirSync(join(state, "shm"), { mode: 0o711 });
  // Mounts are made by root of the host, so its mount table is never part of the pod's user namespace.
  const namespaces = ids === undefined ? own : [];
  const fits = early?.own.join() === namespaces.join();
  if (!fits) void early?.holder.release();
  const holder = fits && early !== undefined ? early.holder : startHolder(namespaces);
  holder.place({ state, data, cgroups: cgroups.directories });
  const ready = hold(holder, options, { own, hostname, ids, tmpfs });
  // Whoever opens the sandbox awaits it; a pod that gets none must not end the process.
  ready.catch(() => {});
  return { own, hostname, tmpfs, holder, layers: new Map(), ready };
}

/** What was begun where it fits; otherwise that is let go. */
export async function takeOrBegin(
  options: SandboxOptions,
  wanted: Wanted,
  begun: BegunSandbox | undefined,
): Promise<BegunSandbox> {
  const { own, hostname, ids, tmpfs = [] } = wanted;
  if (begun === undefined) return beginSandbox(options, { own, hostname, ids });
  const isSame =
    begun.own.join() === own.join() &&
    begun.hostname === hostname &&
    begun.tmpfs.every((mount) => isMounted(mount, tmpfs));
  if (isSame && ids === undefined) return begun;
  await begun.holder.release();
  for (const name of ["shm", "containers"]) {
    for (const folder of [options.state, options.data]) removeTree(join(folder, name));
  }
  return beginSandbox(options, { own, hostname, ids });
}

async function hold(
  holder: Holder,
  options: SandboxOptions,
  { own, hostname, ids, tmpfs = [] }: Wanted,
): Promise<number> {
  const pid =
    ids === undefined ? holder.pid : await holder.keep(own, [mapText(ids.uids), mapText(ids.gids)]);
  const mounts = tmpfs.map(mountTmpfs);
  const prepared = prepareNamespaces(own, hostname, { ...options, mounts });
  const commands = [...prepared, ...options.prepare, ":"];
  await holder.run(inside(pid, holder, own, commands));
  return pid;
}

/** The commands in the sandbox's namespaces, with root's rights of the host and in the holder's mount table. */
export function inside(
  pid: number,
  holder: Holder,
  own: readonly HeldNamespace[],
  commands: readonly string[],
): string {
  const line = commands.join(" && ");
  if (pid === holder.pid) return line;
  const entered = own.map((name) => `--${name}=/proc/${pid}/ns/${name}`);
  return `nsenter ${entered.join(" ")} -- sh -c ${quote(line)}`;
}
