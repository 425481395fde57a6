// One container in a CRI runtime: created, started, asked after until it has ended, removed.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fromJson } from "@bufbuild/protobuf";
import type { Observation } from "../../core/model/observation.ts";
import { EngineError } from "../../node/errors.ts";
import type {
  ContainerExit,
  ContainerRefusal,
  ContainerRequest,
  DaemonWay,
  ExecResult,
  RunningContainer,
} from "../engine.ts";
import { holdOnHost, releaseOnHost } from "../hostMounts.ts";
import { askedOf, namespaceLinks, toObservation } from "../observation.ts";
import { CANCELED, DEADLINE_EXCEEDED, DeadlineExceeded } from "../patience.ts";
import { type ExecWatch, watchExec } from "../tracer.ts";
import { attachTo, type CriAttachment } from "./attach.ts";
import { type CriClient, isUnanswered, needAnswer, runtimeRefusal } from "./client.ts";
import { execIn } from "./exec.ts";
import { ensureImage } from "./images.ts";
import { LogReader } from "./logs.ts";
import { containerConfig, logPath, withTarget } from "./requests.ts";
import { pidOf } from "./verboseInfo.ts";
import {
  ContainerConfigSchema,
  ContainerState,
  type ContainerStatusResponse,
  type PodSandboxConfig,
} from "./wire/runtimeV1_pb.js";

export interface ContainerPlace {
  readonly pod: string;
  readonly sandbox: string;
  readonly sandboxConfig: PodSandboxConfig;
  readonly sandboxPid: number;
  readonly logs: string;
  readonly hosts: string;
  /** The pod's folder on a disk. */
  readonly data: string;
  readonly idOf: (container: string) => string | undefined;
}

/** CRI has no call that waits: this is how often a container is asked after. */
const STEP_MS = 40;
const KILLED: ContainerExit = { exitCode: 137, oomKilled: false };

export class CriContainer implements RunningContainer {
  readonly name: string;
  readonly started: Promise<ContainerRefusal | undefined>;
  readonly ended: Promise<ContainerExit | undefined>;
  readonly observed: Promise<Observation | undefined>;
  readonly #client: CriClient;
  readonly #request: ContainerRequest;
  readonly #place: ContainerPlace;
  readonly #log: LogReader;
  #id = "";
  #transientImage: string | undefined;
  #watch: ExecWatch | undefined;
  #attachment: CriAttachment | undefined;
  /** Ends the calls that wait for an answer. */
  readonly #givenUp = new AbortController();

  constructor(client: CriClient, request: ContainerRequest, place: ContainerPlace) {
    this.name = request.name;
    this.#client = client;
    this.#request = request;
    this.#place = place;
    const log = join(place.logs, logPath(request));
    mkdirSync(dirname(log), { recursive: true });
    this.#log = new LogReader(log, request.output, request.lost);
    this.started = this.#start();
    this.ended = this.started.then((refusal) =>
      refusal === undefined ? this.#end() : this.#drop(),
    );
    // Awaited by whoever asks; a failure that nobody asks for must not end the process.
    this.ended.catch(() => {});
    const observe = (): Promise<Observation | undefined> => this.#observe();
    this.observed = this.started.then(observe, observe);
    this.observed.catch(() => {});
  }

  /** The runtime's id; "" before it is created. */
  get id(): string {
    return this.#id;
  }

  get transientImage(): string | undefined {
    return this.#transientImage;
  }

  /** CRI knows only its own way to stop a container, so the signal goes straight to the process. */
  signal(name: NodeJS.Signals): void {
    void this.started
      .then(() => this.#status(true))
      .then((answer) => {
        const pid =
          answer?.status?.state === ContainerState.CONTAINER_RUNNING && pidOf(answer.info);
        if (pid) process.kill(pid, name);
      })
      // It has ended meanwhile, or nobody can tell.
      .catch((error: unknown) => {
        if (error instanceof DeadlineExceeded) this.#givenUp.abort();
      });
  }

  abandon(): void {
    this.#givenUp.abort();
  }

  async exec(command: readonly string[], timeoutMs: number): Promise<ExecResult> {
    await this.started;
    return execIn(this.#client, this.#id, { command, timeoutMs });
  }

  async execWay(): Promise<DaemonWay> {
    return { engine: "cri", socket: this.#client.socket, id: this.#id };
  }

  async #start(): Promise<ContainerRefusal | undefined> {
    const { runtime } = this.#client;
    const { sandbox, sandboxConfig } = this.#place;
    const request = this.#request;
    const { signal } = this.#givenUp;
    let name = "";
    const missed = await this.#refusalOf("create", async () => {
      const image = await ensureImage(this.#client, request.image, signal);
      name = image.name;
      if (image.isTransient) this.#transientImage = name;
    });
    if (missed !== undefined) return missed;
    const { mounts, refusal: noSubPath } = await holdOnHost(this.#place.data, request);
    if (noSubPath !== undefined) return noSubPath;
    const document = containerConfig(
      { ...request, mounts, cri: withTarget(request.cri, this.#place.idOf) },
      { ...this.#place, image: name },
    );
    const message = { pod_sandbox_id: sandbox, config: document };
    request.sent?.({
      ...{ form: "cri", call: "CreateContainer" },
      ...{ container: request.name, document: message },
    });
    const config = fromJson(ContainerConfigSchema, document as never);
    const created = await this.#refusalOf("create", async () => {
      const podSandboxId = sandbox;
      const answer = await runtime.createContainer(
        { podSandboxId, config, sandboxConfig },
        { signal },
      );
      this.#id = answer.containerId;
    });
    if (created !== undefined) return created;
    if (request.probe) this.#watch = await watchExec(this.#id, askedOf(request));
    const refusal = await this.#refusalOf("start", () =>
      runtime.startContainer({ containerId: this.#id }, { signal }),
    );
    if (refusal === undefined) await this.#attach();
    return refusal;
  }

  /** One that has ended already cannot be attached to, and need not be. */
  async #attach(): Promise<void> {
    try {
      this.#attachment = await attachTo(this.#client, this.#id, this.#request);
    } catch (error) {
      const answer = await this.#status(false);
      if (answer?.status?.state !== ContainerState.CONTAINER_RUNNING) return;
      const why = runtimeRefusal(error) ?? (error as Error).message;
      throw new EngineError(`cannot attach to ${this.name}: ${why}`);
    }
  }

  /** At a terminal the output comes as it is written. @returns whether there may be more */
  #readLog(): boolean {
    const isLive = this.#attachment !== undefined && this.#request.process.terminal;
    return !isLive && this.#log.read();
  }

  async #refusalOf(
    step: ContainerRefusal["step"],
    call: () => Promise<unknown>,
  ): Promise<ContainerRefusal | undefined> {
    try {
      await call();
      return undefined;
    } catch (error) {
      const isGivenUp = this.#givenUp.signal.aborted;
      if (!isGivenUp && !isUnanswered(error)) {
        return { step, message: needAnswer(error, this.#client.socket) };
      }
      const message = isGivenUp ? CANCELED : DEADLINE_EXCEEDED;
      return { step, message, timedOut: true };
    }
  }

  async #end(): Promise<ContainerExit> {
    for (;;) {
      const isMore = this.#readLog();
      const answer = await this.#status(false);
      const { status } = answer ?? {};
      if (status?.state === ContainerState.CONTAINER_RUNNING) {
        await setTimeout(isMore ? 0 : STEP_MS);
        continue;
      }
      while (this.#readLog());
      this.#attachment?.end();
      await this.#drop();
      // Removed together with its sandbox.
      if (status === undefined) return KILLED;
      return { exitCode: status.exitCode, oomKilled: status.reason === "OOMKilled" };
    }
  }

  /** undefined when the runtime has no such container any more. */
  async #status(verbose: boolean): Promise<ContainerStatusResponse | undefined> {
    const { runtime, socket } = this.#client;
    const { signal } = this.#givenUp;
    try {
      return await runtime.containerStatus({ containerId: this.#id, verbose }, { signal });
    } catch (error) {
      if (isUnanswered(error)) throw new DeadlineExceeded(`the runtime at ${socket}`);
      if (runtimeRefusal(error) === undefined) throw error;
      return undefined;
    }
  }

  async #drop(): Promise<undefined> {
    try {
      const containerId = this.#id;
      if (containerId !== "") await this.#client.runtime.removeContainer({ containerId });
    } catch (error) {
      // What it cannot remove now goes with the sandbox.
      if (runtimeRefusal(error) === undefined) throw error;
    }
    releaseOnHost(this.#place.data, this.#request);
    return undefined;
  }

  async #observe(): Promise<Observation | undefined> {
    const copied = await this.#watch?.seen(this.ended);
    if (copied === undefined) return undefined;
    return toObservation(copied, askedOf(this.#request), {
      host: namespaceLinks("/proc/self/ns"),
      sandbox: namespaceLinks(`/proc/${this.#place.sandboxPid}/ns`),
    });
  }
}
