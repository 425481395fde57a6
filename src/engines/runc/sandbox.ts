// A pod's sandbox on an OCI runtime: shared namespaces held by one shell, and the containers that join them.
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Observation } from "../../core/model/observation.ts";
import type { OciNamespace } from "../../core/model/oci.ts";
import { EngineError } from "../../node/errors.ts";
import { removeTree } from "../../node/removeTree.ts";
import type { ContainerRequest, RunningContainer, Sandbox, SandboxRequest } from "../engine.ts";
import { askedOf, type NamespaceLinks, namespaceLinks, toObservation } from "../observation.ts";
import { tracerHook } from "../tracer.ts";
import { type BegunSandbox, beginSandbox, inside, type SandboxOptions } from "./begin.ts";
import { toBundle } from "./bundle.ts";
import { killAll, removeCgroups, removeContainerGroups } from "./cgroups.ts";
import { ContainerProcess } from "./container.ts";
import { type Holder, quote } from "./holder.ts";
import { mountLayer } from "./layer.ts";
import { hasMemoryLimit, watchOomKills } from "./oomKills.ts";
import { type Pasta, startPasta } from "./pasta.ts";
import { limitPod } from "./podLimits.ts";
import { podProcesses } from "./podProcesses.ts";
import { filesOf, ownNamespaces, setUp, writeFiles } from "./sandboxSetUp.ts";
import { checkReachable, type IdMaps, idMapsOf, mapMounts, takeMapped } from "./userNamespace.ts";

/** A runtime that does not end by itself after its container is gone. */
const PATIENCE_MS = 5000;

/**
 * @param begun what is taken where it fits, and let go where it does not
 * @throws EngineError when this machine cannot hold the sandbox
 */
export async function openSandbox(
  request: SandboxRequest,
  options: SandboxOptions,
  begun?: BegunSandbox,
): Promise<OciSandbox> {
  const { state } = options;
  const own = ownNamespaces(request);
  const ids = idMapsOf(request.spec);
  const fits = begun?.own.join() === own.join() && ids === undefined;
  if (begun !== undefined && !fits) await begun.holder.release();
  const sandbox = begun !== undefined && fits ? begun : beginSandbox(options, own, ids);
  const { holder, ready } = sandbox;
  let pasta: Pasta | undefined;
  try {
    if (ids !== undefined) checkReachable(state);
    writeFiles(request, state);
    limitPod(options.cgroups, request.resources);
    const commands = setUp(request, own, options);
    // Only then the namespaces are known to be the sandbox's own.
    const pid = await ready;
    await holder.run(inside(pid, holder, own, [...commands, ":"]));
    if (request.network !== undefined) {
      pasta = await startPasta(request.network, { holder, pid, state });
    }
    const processes = request.sharedProcessNamespace ? await holder.startPause() : undefined;
    return new OciSandbox(request, options, { holder, pid, ids, processes, pasta });
  } catch (error) {
    await pasta?.stop();
    await holder.release();
    await removeCgroups(options.cgroups.directories);
    throw error;
  }
}

/** Who holds the namespaces. */
interface Held {
  readonly holder: Holder;
  /** The process whose namespaces the sandbox's are. */
  readonly pid: number;
  readonly ids: IdMaps | undefined;
  /** Path of the shared process namespace. */
  readonly processes: string | undefined;
  readonly pasta: Pasta | undefined;
}

export class OciSandbox implements Sandbox {
  readonly #request: SandboxRequest;
  readonly #options: SandboxOptions;
  readonly #held: Held;
  readonly #holder: Holder;
  readonly #containers = new Map<string, ContainerProcess>();

  constructor(request: SandboxRequest, options: SandboxOptions, held: Held) {
    this.#request = request;
    this.#options = options;
    this.#held = held;
    this.#holder = held.holder;
  }

  /** In the host's network the holder is there too. */
  get networkNamespace(): string {
    return `/proc/${this.#held.pid}/ns/net`;
  }

  get ip(): string | undefined {
    return this.#request.network?.address;
  }

  startContainer(request: ContainerRequest): RunningContainer {
    const id = `${request.name}-${request.attempt}`;
    const bundle = join(this.#options.state, "containers", id);
    const running = this.#start(id, bundle, request);
    // Awaited by whoever asks; a failure that nobody asks for must not end the process.
    running.catch(() => {});
    const started = running.then((container) => container.started);
    return {
      started,
      ended: running.then((container) => container.ended),
      observed: request.probe
        ? running.then((container) => this.#observe(bundle, request, container.ended))
        : Promise.resolve(undefined),
      abandon: () =>
        void running.then(
          (container) => container.abandon(),
          () => {},
        ),
      signal: (name) =>
        void running.then(
          (container) => container.signal(name),
          () => {},
        ),
      exec: async (command, timeoutMs) => (await running).exec(command, timeoutMs),
      execWay: async () => (await running).execWay(),
    };
  }

  async #start(id: string, bundle: string, request: ContainerRequest): Promise<ContainerProcess> {
    const { spec } = request;
    if (spec === null) throw new EngineError(`container ${request.name} has no OCI spec`);
    mkdirSync(bundle, { recursive: true, mode: 0o711 });
    const layer = join(this.#options.data, "containers", id);
    const { pid, ids } = this.#held;
    const user = ids === undefined ? undefined : { ids, path: `/proc/${pid}/ns/user` };
    const rootfs = join(bundle, "rootfs");
    const { inUserNamespace } = this.#options;
    const lower = request.image.rootfs;
    await mountLayer(this.#holder, layer, { lower, rootfs, user, inUserNamespace });
    const creates = request.mounts.flatMap(({ create }) => create ?? []);
    for (const { path, mode } of creates) {
      await this.#holder.run(`mkdir -m ${mode.toString(8)} -p ${quote(path)}`);
    }
    const hooks = request.probe
      ? tracerHook(join(bundle, "observed"), askedOf(request))
      : undefined;
    const bundled = toBundle(this.#options.adapt(spec, this.#request.spec), request, {
      ...{ rootfs, ids },
      cgroupsPath: this.#options.cgroups.pathOf(id),
      namespaces: this.#namespaces(),
      files: filesOf(spec, this.#request, this.#options.state),
      ...(hooks === undefined ? {} : { hooks }),
    });
    const { config, mounts } = takeMapped(bundled, join(bundle, "mapped"));
    if (user !== undefined && mounts.length > 0) {
      mkdirSync(join(bundle, "mapped"), { mode: 0o711 });
      await this.#holder.run(mapMounts(user.path, mounts));
    }
    const sent = { form: "oci", call: "config.json", container: request.name } as const;
    request.sent?.({ ...sent, document: config });
    writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
    const { runtime, words, state, cgroups, canKeep, handsOn, requestTimeoutMs } = this.#options;
    // Only then there is something to look at, and the runtime ends sooner when it need not clean up.
    const keeps = canKeep && hasMemoryLimit(config);
    const kills = watchOomKills(cgroups, id, keeps);
    const isOomKilled = (exitCode: number): boolean => {
      const is = kills.happened(exitCode);
      if (keeps) removeContainerGroups(cgroups, id);
      return is;
    };
    const root = join(state, "runtime");
    const place = { ...{ runtime, words, root, bundle, id }, process: config.process ?? {} };
    const container = new ContainerProcess(
      { ...place, sandboxPid: this.#holder.pid, keeps, handsOn, isOomKilled, requestTimeoutMs },
      request,
    );
    this.#containers.set(id, container);
    return container;
  }

  #namespaces(): Readonly<Partial<Record<OciNamespace["type"], string>>> {
    const { pid, processes } = this.#held;
    const at = (name: string): string => `/proc/${pid}/ns/${name}`;
    return {
      user: at("user"),
      network: at("net"),
      ipc: at("ipc"),
      uts: at("uts"),
      // Without a first process of the sandbox's own, its process namespace is the host's, where the holder lives.
      pid: processes ?? at("pid"),
    };
  }

  /** The tracer's file is there a moment after the start, and for certain when the container has ended. */
  async #observe(
    bundle: string,
    request: ContainerRequest,
    ended: Promise<unknown>,
  ): Promise<Observation | undefined> {
    const file = join(bundle, "observed");
    let over = false;
    void ended.then(() => {
      over = true;
    });
    while (!over && !existsSync(file)) await patience(5);
    if (!existsSync(file)) return undefined;
    const copied = readFileSync(file, "utf8");
    const sandbox = { ...namespaceLinks(`/proc/${this.#held.pid}/ns`), ...this.#pidLink() };
    return toObservation(copied, askedOf(request), {
      host: namespaceLinks("/proc/self/ns"),
      sandbox,
    });
  }

  /** The holder itself lives among the host's processes. */
  #pidLink(): NamespaceLinks {
    const { processes } = this.#held;
    return processes === undefined ? {} : { pid: readlinkSync(processes) };
  }

  async remove(): Promise<readonly string[]> {
    const { cgroups, state, data } = this.#options;
    const left: string[] = [];
    const running = [...this.#containers.values()];
    const { id } = this.#request;
    const killed = killAll(() => podProcesses(id, cgroups.directories));
    const ended = Promise.all(running.map((container) => container.ended));
    const timer = setTimeout(() => {
      for (const container of running) container.abandon();
    }, PATIENCE_MS);
    await ended;
    clearTimeout(timer);
    if (!(await killed)) left.push(...cgroups.directories);
    await this.#held.pasta?.stop();
    await this.#holder.release();
    left.push(...(await removeCgroups(cgroups.directories)));
    for (const directory of [data, state]) {
      try {
        removeTree(directory);
      } catch {
        left.push(directory);
      }
    }
    return [...new Set(left)];
  }
}

function patience(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
