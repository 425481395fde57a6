// A pod's sandbox in Docker Engine: the container that holds its namespaces, and the containers that join them.
import { writeFileSync } from "node:fs";
import type Docker from "dockerode";
import type { ContainerRequest, RunningContainer, Sandbox, SandboxRequest } from "../engine.ts";
import { unmountBelow } from "../hostMounts.ts";
import type { DockerDaemon } from "./client.ts";
import { DockerContainer } from "./container.ts";
import type { CreateRequest } from "./createRequest.ts";
import { removeContainer } from "./leftovers.ts";

interface Place {
  /** The pod's folder on a disk. */
  readonly data: string;
  /** Called when nothing of the pod is left with the daemon, nor mounted for it. */
  readonly forget: () => void;
}

export class DockerSandbox implements Sandbox {
  readonly #client: Docker;
  readonly #socket: string;
  readonly #request: SandboxRequest;
  readonly #containers: DockerContainer[] = [];
  readonly #place: Place;
  #id = "";
  #pid = 0;

  constructor({ client, socket }: DockerDaemon, request: SandboxRequest, place: Place) {
    this.#place = place;
    this.#client = client;
    this.#socket = socket;
    this.#request = request;
  }

  /** @throws the daemon's refusal */
  async start(body: CreateRequest): Promise<void> {
    const container = await this.#client.createContainer(
      body as object as Docker.ContainerCreateOptions,
    );
    this.#id = container.id;
    await container.start();
    const { State, ResolvConfPath, HostsPath } = await container.inspect();
    this.#pid = State.Pid;
    // All containers of the pod get the sandbox's files. @see docker_sandbox.go rewriteResolvFile
    const { dns } = this.#request;
    if (ResolvConfPath !== "") writeFileSync(ResolvConfPath, dns.resolvConf);
    if (HostsPath !== "") writeFileSync(HostsPath, dns.hosts);
  }

  get networkNamespace(): string {
    return `/proc/${this.#pid}/ns/net`;
  }

  get root(): string {
    return "";
  }

  startContainer(request: ContainerRequest): RunningContainer {
    const container = new DockerContainer(this.#client, request, {
      ...{ socket: this.#socket, pod: this.#request.id },
      sandbox: this.#id,
      sandboxPid: this.#pid,
      data: this.#place.data,
      idOf: (name) => this.#containers.find((one) => one.name === name && one.id !== "")?.id,
    });
    this.#containers.push(container);
    return container;
  }

  async remove(): Promise<readonly string[]> {
    const left: string[] = [];
    const ids = [...this.#containers.map(({ id }) => id), this.#id].filter((id) => id !== "");
    for (const id of ids) {
      if (!(await removeContainer(this.#client, id))) left.push(`docker container ${id}`);
    }
    await Promise.allSettled(this.#containers.map(({ ended }) => ended));
    left.push(...unmountBelow(this.#place.data));
    if (left.length === 0) this.#place.forget();
    return left;
  }
}
