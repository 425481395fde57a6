// A pod's sandbox on an OCI runtime: shared namespaces held by one shell, and the containers that join them.
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Observation } from "../../core/model/observation.ts";
import type { OciNamespace, OciSpec } from "../../core/model/oci.ts";
import { EngineError } from "../../node/errors.ts";
import { removeTree } from "../../node/removeTree.ts";
import type { ContainerRequest, RunningContainer, Sandbox, SandboxRequest } from "../engine.ts";
import { askedPaths, type NamespaceLinks, namespaceLinks, toObservation } from "../observation.ts";
import { tracerHook } from "../tracer.ts";
import { toBundle } from "./bundle.ts";
import { type CgroupPlan, killAll, removeCgroups } from "./cgroups.ts";
import { ContainerProcess } from "./container.ts";
import { type HeldNamespace, type Holder, quote, startHolder } from "./holder.ts";
import { mountLayer } from "./layer.ts";
import { ownNamespaces, prepareNamespaces, setUp, writeFiles } from "./sandboxSetUp.ts";

export interface SandboxOptions {
  /** Path of the OCI runtime. */
  readonly runtime: string;
  /** Shell commands that the runtime needs in its mount table before anything else. */
  readonly prepare: readonly string[];
  /** What the runtime needs changed in a spec on this machine; it must mean the same. */
  readonly adapt: (spec: OciSpec) => OciSpec;
  readonly state: string;
  readonly data: string;
  readonly cgroups: CgroupPlan;
}

/** A runtime that does not end by itself after its container is gone. */
const PATIENCE_MS = 5000;

/** A sandbox that is held before its pod's documents are made. */
export interface BegunSandbox {
  readonly own: readonly HeldNamespace[];
  readonly holder: Holder;
  /** Its namespaces are there. Rejects with the EngineError that says why this machine cannot hold it. */
  readonly ready: Promise<unknown>;
}

/** @throws EngineError when this machine cannot hold the sandbox */
export function beginSandbox(
  { state, data, cgroups, prepare }: SandboxOptions,
  own: readonly HeldNamespace[],
): BegunSandbox {
  const holder = startHolder({ state, data, cgroups: cgroups.directories, namespaces: own });
  const ready = holder.run([...prepareNamespaces(state, own), ...prepare, ":"].join(" && "));
  // Whoever opens the sandbox awaits it; a pod that gets none must not end the process.
  ready.catch(() => {});
  return { own, holder, ready };
}

/**
 * @param begun what is taken where it fits, and let go where it does not
 * @throws EngineError when this machine cannot hold the sandbox
 */
export async function openSandbox(
  request: SandboxRequest,
  options: SandboxOptions,
  begun?: BegunSandbox,
): Promise<OciSandbox> {
  const own = ownNamespaces(request);
  const fits = begun?.own.join() === own.join();
  if (begun !== undefined && !fits) await begun.holder.release();
  const { holder, ready } = begun !== undefined && fits ? begun : beginSandbox(options, own);
  try {
    if (request.spec.linux?.namespaces?.some(({ type }) => type === "user") === true) {
      throw new EngineError(
        "hostUsers: false: running in a user namespace is not built yet; explain shows what a cluster makes of it",
      );
    }
    writeFiles(request, options.state);
    const commands = setUp(request, own);
    // Only then the namespaces are known to be the sandbox's own.
    await ready;
    await holder.run([...commands, ":"].join(" && "));
    const pid = request.sharedProcessNamespace ? await holder.startPause() : undefined;
    return new OciSandbox(request, options, holder, pid);
  } catch (error) {
    await holder.release();
    throw error;
  }
}

export class OciSandbox implements Sandbox {
  readonly #request: SandboxRequest;
  readonly #options: SandboxOptions;
  readonly #holder: Holder;
  readonly #pidNamespace: string | undefined;
  readonly #containers = new Map<string, ContainerProcess>();

  constructor(
    request: SandboxRequest,
    options: SandboxOptions,
    holder: Holder,
    pidNamespace: string | undefined,
  ) {
    this.#request = request;
    this.#options = options;
    this.#holder = holder;
    this.#pidNamespace = pidNamespace;
  }

  /** In the host's network the holder is there too. */
  get networkNamespace(): string {
    return `/proc/${this.#holder.pid}/ns/net`;
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
        ? running.then((container) => this.#observe(bundle, request.spec, container.ended))
        : Promise.resolve(undefined),
      signal: (name) =>
        void running.then(
          (container) => container.signal(name),
          () => {},
        ),
      exec: async (command, timeoutMs) => (await running).exec(command, timeoutMs),
      execArguments: async (command, how) => (await running).execArguments(command, how),
    };
  }

  async #start(id: string, bundle: string, request: ContainerRequest): Promise<ContainerProcess> {
    const { spec } = request;
    if (spec === null) throw new EngineError(`container ${request.name} has no OCI spec`);
    mkdirSync(bundle, { recursive: true, mode: 0o711 });
    const layer = join(this.#options.data, "containers", id);
    const rootfs = await mountLayer(this.#holder, layer, request.image.rootfs);
    for (const { create } of request.mounts) {
      if (create === undefined) continue;
      const mode = create.mode.toString(8);
      await this.#holder.run(`mkdir -m ${mode} -p ${quote(create.path)}`);
    }
    const hooks = request.probe
      ? tracerHook(join(bundle, "observed"), askedPaths(spec))
      : undefined;
    const config = toBundle(this.#options.adapt(spec), request, {
      rootfs,
      cgroupsPath: this.#options.cgroups.pathOf(id),
      namespaces: this.#namespaces(),
      files: this.#files(spec),
      ...(hooks === undefined ? {} : { hooks }),
    });
    const sent = { form: "oci", call: "config.json", container: request.name } as const;
    request.sent?.({ ...sent, document: config });
    writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
    const container = new ContainerProcess(
      {
        runtime: this.#options.runtime,
        root: join(this.#options.state, "runtime"),
        bundle,
        id,
        sandboxPid: this.#holder.pid,
      },
      request,
    );
    this.#containers.set(id, container);
    return container;
  }

  #namespaces(): Readonly<Partial<Record<OciNamespace["type"], string>>> {
    const at = (name: string): string => `/proc/${this.#holder.pid}/ns/${name}`;
    return {
      network: at("net"),
      ipc: at("ipc"),
      uts: at("uts"),
      // Without a first process of the sandbox's own, its process namespace is the host's, where the holder lives.
      pid: this.#pidNamespace ?? at("pid"),
    };
  }

  /** A sandbox in the host's IPC namespace has the host's shared memory. */
  #files(spec: OciSpec): Readonly<Record<string, string>> {
    const at = (name: string): string => join(this.#options.state, name);
    const ownIpc =
      this.#request.spec.linux?.namespaces?.some(({ type }) => type === "ipc") === true;
    const files: Record<string, string> = {
      "/etc/hostname": at("hostname"),
      "/etc/hosts": at("hosts"),
      "/etc/resolv.conf": at("resolv.conf"),
    };
    const shm = spec.mounts?.find(({ destination }) => destination === "/dev/shm");
    if (shm?.type === "bind") files["/dev/shm"] = ownIpc ? at("shm") : "/dev/shm";
    return files;
  }

  /** The tracer's file is there a moment after the start, and for certain when the container has ended. */
  async #observe(
    bundle: string,
    spec: OciSpec | null,
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
    const sandbox = { ...namespaceLinks(`/proc/${this.#holder.pid}/ns`), ...this.#pidLink() };
    return toObservation(copied, askedPaths(spec), {
      host: namespaceLinks("/proc/self/ns"),
      sandbox,
    });
  }

  /** The holder itself lives among the host's processes. */
  #pidLink(): NamespaceLinks {
    if (this.#pidNamespace === undefined) return {};
    return { pid: readlinkSync(this.#pidNamespace) };
  }

  async remove(): Promise<readonly string[]> {
    const { cgroups, state, data } = this.#options;
    const left: string[] = [];
    const running = [...this.#containers.values()];
    const killed = killAll(cgroups.directories);
    const ended = Promise.all(running.map((container) => container.ended));
    const timer = setTimeout(() => {
      for (const container of running) container.abandon();
    }, PATIENCE_MS);
    await ended;
    clearTimeout(timer);
    if (!(await killed)) left.push(...cgroups.directories);
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
