// Which engine runs a pod: by name, or the one that this machine's kubelet would use.
import { existsSync } from "node:fs";
import type { Pod } from "../core/model/pod.ts";
import type { RuntimeFacts } from "../core/model/world.ts";
import { EngineError } from "../node/errors.ts";
import type { HostFacts } from "../node/node.ts";
import { findOciRuntime } from "../node/ociRuntime.ts";
import type { DaemonWay, Engine, EngineInfo, EnterRequest } from "./engine.ts";
import { howToStart, type SoughtDaemon } from "./howToStart.ts";
import { NoAnswer, REQUEST_TIMEOUT_MS } from "./patience.ts";
import type { PodPlace } from "./podPlace.ts";

export const ENGINE_NAMES = ["oci", "docker", "cri", "auto"] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface EngineOptions {
  /** Name or path of the OCI runtime, for engine `oci`. */
  readonly ociRuntime: string;
  /** As the kubelet's runtimeRequestTimeout. */
  readonly requestTimeoutMs?: number;
}

/** What the engine tells of the runtime: its rules hold for the pod. */
export type ToldRuntime = Pick<RuntimeFacts, "ociRuntime"> &
  Partial<Pick<RuntimeFacts, "name" | "version" | "config" | "features">>;

export interface ChosenEngine {
  readonly name: Exclude<EngineName, "auto">;
  /** Why this one: a sentence, with `auto`. */
  readonly why?: string;
  /** Without a name the rules are the user's choice: the OCI runtime takes any specs. */
  readonly told: ToldRuntime;
  info(rulesOf: string): EngineInfo;
  /** Begins what can be begun of the pod before it is known whether it runs; `letGo` ends it unless the engine has taken it. */
  hold?(pod: Pod): void;
  letGo?(): Promise<void>;
  open(place: PodPlace, given: { readonly host: HostFacts; readonly rulesOf: string }): Engine;
}

/** @throws EngineError when the engine is not installed here or does not answer */
export function chooseEngine(name: EngineName, options: EngineOptions): Promise<ChosenEngine> {
  const open = { oci: openOci, docker: openDockerEngine, cri: openCriEngine, auto: openAny };
  return open[name](options);
}

async function openOci({
  ociRuntime,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
}: EngineOptions): Promise<ChosenEngine> {
  const runtime = findOciRuntime(ociRuntime);
  const { ociEngine } = await import("./runc/runc.ts");
  const { holdEarly } = await import("./runc/begin.ts");
  let held: ReturnType<typeof holdEarly>;
  function take(): typeof held {
    const taken = held;
    held = undefined;
    return taken;
  }
  return {
    name: "oci",
    told: { ociRuntime: { name: runtime.name, version: runtime.version } },
    info: (rulesOf) => ({ name: runtime.name, version: runtime.fullVersion, rulesOf }),
    hold(pod) {
      held = holdEarly(pod);
    },
    async letGo() {
      await take()?.holder.release();
    },
    open: (place, given) =>
      ociEngine(runtime, { place, requestTimeoutMs, early: take(), ...given }),
  };
}

async function openDockerEngine({ requestTimeoutMs }: EngineOptions): Promise<ChosenEngine> {
  const { DOCKERD, dockerSocket, openDocker } = await import("./docker/client.ts");
  const { dockerEngine } = await import("./docker/docker.ts");
  const daemon = await sought(DOCKERD, () => openDocker(dockerSocket(), requestTimeoutMs));
  const { version, ociRuntime = askRunc("runc") } = daemon;
  return {
    name: "docker",
    told: { name: "docker", version, ociRuntime, config: {}, features: null },
    info: (rulesOf) => ({ name: "docker", version: daemon.fullVersion, rulesOf }),
    open: (place, { rulesOf }) => dockerEngine(daemon, { place, rulesOf }),
  };
}

async function openCriEngine({ requestTimeoutMs }: EngineOptions): Promise<ChosenEngine> {
  const { CONTAINERD, criSocket, openCri } = await import("./cri/client.ts");
  const { askRuntime } = await import("./cri/runtimeFacts.ts");
  const { criEngine } = await import("./cri/cri.ts");
  const client = await openCri(criSocket(), requestTimeoutMs);
  const runtime = await sought(CONTAINERD, () => askRuntime(client));
  const { version, config, features, fullVersion } = runtime;
  const ociRuntime = askRunc(runtime.ociRuntime);
  return {
    name: "cri",
    told: { name: "containerd", version, ociRuntime, config, features },
    info: (rulesOf) => ({ name: "containerd", version: fullVersion, rulesOf }),
    open: (place, { rulesOf }) => criEngine(runtime, { place, rulesOf }),
  };
}

/** @throws EngineError that says also what to do, where nobody answers */
async function sought<T>(daemon: SoughtDaemon, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new EngineError(`${error.message}; ${howToStart(daemon)}`);
  }
}

function askRunc(nameOrPath: string): RuntimeFacts["ociRuntime"] {
  const { name, version } = findOciRuntime(nameOrPath);
  return { name, version };
}

/** The runtime of this machine's kubelet first, since it decides for the machine's pods; what needs no daemon last. */
async function openAny(options: EngineOptions): Promise<ChosenEngine> {
  const [{ criSocket }, { dockerSocket }] = await Promise.all([
    import("./cri/client.ts"),
    import("./docker/client.ts"),
  ]);
  const tried = [
    { open: openCriEngine, socket: criSocket(), what: "a CRI runtime" },
    { open: openDockerEngine, socket: dockerSocket(), what: "Docker Engine" },
  ];
  const missing: string[] = [];
  for (const { open, socket, what } of tried) {
    if (!existsSync(socket)) {
      missing.push(`${what} has no socket at ${socket}`);
      continue;
    }
    try {
      const chosen = await open(options);
      return { ...chosen, why: [`${what} answers at ${socket}`, ...missing].join("; ") };
    } catch (error) {
      missing.push((error as Error).message);
    }
  }
  const chosen = await openOci(options);
  return { ...chosen, why: `${missing.join("; ")}; the OCI runtime needs no daemon` };
}

/**
 * Runs a command in a container of a daemon.
 * @returns its exit code
 * @throws EngineError in the daemon's words
 */
export async function enterContainer(
  { engine, socket, id }: DaemonWay,
  asked: EnterRequest,
): Promise<number> {
  if (engine === "docker") {
    const { openDocker } = await import("./docker/client.ts");
    const { enterDocker } = await import("./docker/enter.ts");
    return enterDocker((await openDocker(socket)).client, id, asked);
  }
  const { openCri } = await import("./cri/client.ts");
  const { enterCri } = await import("./cri/enter.ts");
  const client = await openCri(socket);
  try {
    return await enterCri(client, id, asked);
  } finally {
    client.close();
  }
}
