// A pod's sandbox on an OCI runtime: shared namespaces held by one shell, and the containers that join them.
import { readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OciNamespace } from "../../core/model/oci.ts";
import { EngineError } from "../../node/errors.ts";
import { removeTreeWide } from "../../node/removeTrees.ts";
import type { ContainerRequest, RunningContainer, Sandbox, SandboxRequest } from "../engine.ts";
import { askedOf, type NamespaceLinks, namespaceLinks } from "../observation.ts";
import { tracerHook } from "../tracer.ts";
import type { SandboxOptions } from "./begin.ts";
import {
  type BegunLayers,
  type ContainerPlace,
  containerId,
  containerPlace,
  mountContainer,
} from "./begunLayers.ts";
import { toBundle } from "./bundle.ts";
import { areRemoved, killAll, removeCgroups, removeContainerGroups } from "./cgroups.ts";
import { ContainerProcess, refusedStart, type StartedProcess } from "./container.ts";
import type { Holder } from "./holder.ts";
import { HostPeers } from "./hostPeers.ts";
import { observe, observedFile } from "./observe.ts";
import { hasMemoryLimit, watchOomKills } from "./oomKills.ts";
import type { Pasta } from "./pasta.ts";
import { placeMounts } from "./placeMounts.ts";
import { podProcesses } from "./podProcesses.ts";
import { filesOf } from "./sandboxSetUp.ts";
import { type IdMaps, mountMapped, takeMapped } from "./userNamespace.ts";

/** A runtime that does not end by itself after its container is gone. */
const PATIENCE_MS = 5000;

/** Who holds the namespaces. */
export interface Held {
  readonly holder: Holder;
  /** The process whose namespaces the sandbox's are. */
  readonly pid: number;
  readonly ids: IdMaps | undefined;
  readonly layers: BegunLayers;
  /** Path of the shared process namespace. */
  readonly processes: string | undefined;
  readonly pasta: Pasta | undefined;
}

export class OciSandbox implements Sandbox {
  readonly #request: SandboxRequest;
  readonly #options: SandboxOptions;
  readonly #held: Held;
  readonly #holder: Holder;
  readonly #peers: HostPeers;
  readonly #containers = new Map<string, ContainerProcess>();

  constructor(request: SandboxRequest, options: SandboxOptions, held: Held) {
    this.#request = request;
    this.#options = options;
    this.#held = held;
    this.#holder = held.holder;
    this.#peers = new HostPeers(held.holder, [options.data, options.state]);
  }

  /** In the host's network the holder is there too. */
  get networkNamespace(): string {
    return `/proc/${this.#held.pid}/ns/net`;
  }

  get root(): string {
    return `/proc/${this.#holder.pid}/root`;
  }

  get ip(): string | undefined {
    return this.#request.network?.address;
  }

  startContainer(request: ContainerRequest): RunningContainer {
    const id = containerId(request.name, request.attempt);
    const place = containerPlace(this.#options, id);
    const running = this.#start(id, place, request);
    // Awaited by whoever asks; a failure that nobody asks for must not end the process.
    running.catch(() => {});
    return {
      started: running.then((container) => container.started),
      ended: running.then((container) => container.ended),
      observed: request.probe
        ? running.then(({ ended }) =>
            observe(place, request, { ended, links: () => this.#links() }),
          )
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

  async #start(
    id: string,
    containerAt: ContainerPlace,
    request: ContainerRequest,
  ): Promise<StartedProcess> {
    const { spec } = request;
    if (spec === null) throw new EngineError(`container ${request.name} has no OCI spec`);
    const { bundle, rootfs } = containerAt;
    const { holder, pid, ids, layers } = this.#held;
    const user = ids === undefined ? undefined : { ids, path: `/proc/${pid}/ns/user` };
    const { inUserNamespace } = this.#options;
    const lower = request.image.rootfs;
    const begun = layers.get(id);
    await (begun?.lower === lower
      ? begun.mounted
      : mountContainer(holder, containerAt, { lower, user, inUserNamespace }));
    const place = { holder, peers: this.#peers, bundle };
    const { mounts, refusal } = await placeMounts(request, place);
    if (refusal !== undefined) return refusedStart(refusal);
    const hooks = request.probe
      ? tracerHook(observedFile({ bundle }), askedOf(request))
      : undefined;
    const asked = { ...request, mounts };
    const bundled = toBundle(this.#options.adapt(spec, this.#request.spec), asked, {
      ...{ rootfs, ids },
      cgroupsPath: this.#options.cgroups.pathOf(id),
      namespaces: this.#namespaces(),
      files: filesOf(spec, this.#request, this.#options.state),
      ...(hooks === undefined ? {} : { hooks }),
    });
    const { config, mounts: mapped } = takeMapped(bundled, join(bundle, "mapped"));
    if (user !== undefined) await mountMapped(holder, user.path, mapped);
    const sent = { form: "oci", call: "config.json", document: config } as const;
    request.sent?.({ ...sent, container: request.name });
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
    const own = { ...{ runtime, words, root, bundle, id }, process: config.process ?? {} };
    const container = new ContainerProcess(
      { ...own, holder, keeps, handsOn, isOomKilled, requestTimeoutMs },
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

  /** The holder itself lives among the host's processes. */
  #links(): NamespaceLinks {
    const { pid, processes } = this.#held;
    const own = processes === undefined ? {} : { pid: readlinkSync(processes) };
    return { ...namespaceLinks(`/proc/${pid}/ns`), ...own };
  }

  async remove(): Promise<readonly string[]> {
    const { cgroups, state, data } = this.#options;
    const left: string[] = [];
    const running = [...this.#containers.values()];
    const { id } = this.#request;
    const groups = cgroups.directories;
    // Groups that go have no process.
    const areGone = groups.length > 0 && areRemoved(groups);
    const killed = areGone || killAll(() => podProcesses(id, groups));
    const ended = Promise.all(running.map((container) => container.ended));
    const timer = setTimeout(() => {
      for (const container of running) container.abandon();
    }, PATIENCE_MS);
    await ended;
    clearTimeout(timer);
    if (!(await killed)) left.push(...groups);
    await this.#held.pasta?.stop();
    // Nothing runs any more. The kernel takes the mounts apart while the rest is removed; most of them lie below the state.
    const released = this.#holder.release();
    const gone = leftOf(data);
    left.push(...(await removeCgroups(groups)));
    await released;
    left.push(...(await leftOf(state)), ...(await gone));
    return [...new Set(left)];
  }
}

/** Removes the folder. @returns it when it would not go */
async function leftOf(directory: string): Promise<string[]> {
  try {
    await removeTreeWide(directory);
    return [];
  } catch {
    return [directory];
  }
}
