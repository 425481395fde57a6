// One container in Docker Engine: created, watched from its start, removed when it has ended.
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
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
import { DeadlineExceeded } from "../patience.ts";
import { type ExecWatch, watchExec } from "../tracer.ts";
import { daemonWords, isRefusal, unansweredWords } from "./client.ts";
import { connectOutput } from "./connectOutput.ts";
import { containerBody } from "./createRequest.ts";
import { execIn } from "./exec.ts";
import { fitTerminal } from "./fitTerminal.ts";
import { ensureImage } from "./images.ts";
import { removeContainer } from "./leftovers.ts";

export interface ContainerPlace {
  /** Of the daemon. */
  readonly socket: string;
  readonly pod: string;
  readonly sandbox: string;
  readonly sandboxPid: number;
  /** The pod's folder on a disk. */
  readonly data: string;
  readonly idOf: (container: string) => string | undefined;
}

/** What the daemon still has to pass on of the output of a container that has ended. */
const OUTPUT_PATIENCE_MS = 2000;
const KILLED: ContainerExit = { exitCode: 137, oomKilled: false };

export class DockerContainer implements RunningContainer {
  readonly name: string;
  readonly started: Promise<ContainerRefusal | undefined>;
  readonly ended: Promise<ContainerExit | undefined>;
  readonly observed: Promise<Observation | undefined>;
  readonly #client: Docker;
  readonly #request: ContainerRequest;
  readonly #place: ContainerPlace;
  #container: Docker.Container | undefined;
  /** Ends the calls that wait for an answer. */
  readonly #givenUp = new AbortController();
  #output: Promise<unknown> = Promise.resolve();
  #watch: ExecWatch | undefined;

  constructor(client: Docker, request: ContainerRequest, place: ContainerPlace) {
    this.name = request.name;
    this.#client = client;
    this.#request = request;
    this.#place = place;
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

  /** The daemon's id; "" before it is created. */
  get id(): string {
    return this.#container?.id ?? "";
  }

  signal(name: NodeJS.Signals): void {
    void this.started
      .then(() => this.#container?.kill({ signal: name }))
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
    if (this.#container === undefined) throw new EngineError(`${this.name} does not run`);
    return execIn(this.#client, this.#container, { command, timeoutMs });
  }

  async execWay(): Promise<DaemonWay> {
    return { engine: "docker", socket: this.#place.socket, id: this.id };
  }

  async #start(): Promise<ContainerRefusal | undefined> {
    const request = this.#request;
    if (request.docker === null) {
      throw new EngineError(`container ${request.name} has no document for Docker Engine`);
    }
    const { signal: abortSignal } = this.#givenUp;
    let image = "";
    const missed = await refusalOf("create", async () => {
      image = await ensureImage(this.#client, request.image, abortSignal);
    });
    if (missed !== undefined) return missed;
    const { mounts, refusal: noSubPath } = await holdOnHost(this.#place.data, request);
    if (noSubPath !== undefined) return noSubPath;
    const place = { ...this.#place, image };
    const body = containerBody({ ...request, mounts }, request.docker, place);
    const call = "POST /containers/create";
    request.sent?.({ form: "docker", call, container: request.name, document: body });
    const created = await refusalOf("create", async () => {
      this.#container = await this.#client.createContainer({
        ...(body as object as Docker.ContainerCreateOptions),
        abortSignal,
      });
    });
    const container = this.#container;
    if (created !== undefined || container === undefined) return created;
    await this.#attach(container);
    if (request.probe) this.#watch = await watchExec(container.id, askedOf(request));
    const refusal = await refusalOf("start", () => container.start({ abortSignal }));
    const { attached } = request;
    if (refusal === undefined && request.process.terminal && attached !== undefined) {
      fitTerminal(container, attached);
    }
    return refusal;
  }

  async #attach(container: Docker.Container): Promise<void> {
    const { process: told, output, attached } = this.#request;
    const streams = { stream: true, stdout: true, stderr: true };
    const isTyped = told.stdin && attached !== undefined;
    const stream = await container.attach(
      isTyped ? { ...streams, stdin: true, hijack: true } : streams,
    );
    if (isTyped) {
      const { input } = attached;
      input.pipe(stream, { end: told.stdinOnce });
      stream.on("close", () => input.unpipe(stream));
    }
    connectOutput(this.#client, stream, { terminal: told.terminal, output });
    this.#output = new Promise((resolve) => {
      stream.on("end", resolve);
      stream.on("close", resolve);
      stream.on("error", resolve);
    });
  }

  async #end(): Promise<ContainerExit> {
    const container = this.#container;
    if (container === undefined) return KILLED;
    let exit = KILLED;
    try {
      const { signal: abortSignal } = this.#givenUp;
      const { StatusCode } = (await container.wait({ abortSignal })) as { StatusCode: number };
      const { State } = await container.inspect();
      exit = { exitCode: StatusCode, oomKilled: State.OOMKilled };
    } catch (error) {
      if (this.#givenUp.signal.aborted) throw new DeadlineExceeded("Docker Engine");
      // Removed together with its sandbox.
      if (!isRefusal(error)) throw error;
    }
    await Promise.race([this.#output, setTimeout(OUTPUT_PATIENCE_MS, undefined, { ref: false })]);
    await this.#drop();
    return exit;
  }

  /** A container that the daemon made and could not start is there all the same. */
  async #drop(): Promise<undefined> {
    // The tracer reads what is gone with the container.
    if (this.#container !== undefined) await removeContainer(this.#client, this.#container.id);
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

/** @throws what is no answer of the daemon */
async function refusalOf(
  step: ContainerRefusal["step"],
  call: () => Promise<unknown>,
): Promise<ContainerRefusal | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    const unanswered = unansweredWords(error);
    if (unanswered !== "") return { step, message: unanswered, timedOut: true };
    if (!isRefusal(error)) throw error;
    return { step, message: daemonWords(error) };
  }
}
