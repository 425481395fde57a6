// A pod's sandbox in a CRI runtime, and its containers.
import { fromJson } from "@bufbuild/protobuf";
import type { JsonObject } from "../../core/model/json.ts";
import type { ContainerRequest, RunningContainer, Sandbox, SandboxRequest } from "../engine.ts";
import { unmountBelow } from "../hostMounts.ts";
import type { CriClient } from "./client.ts";
import { CriContainer } from "./container.ts";
import { removeImage } from "./images.ts";
import { removeSandbox } from "./leftovers.ts";
import { pidOf } from "./verboseInfo.ts";
import { type PodSandboxConfig, PodSandboxConfigSchema } from "./wire/runtimeV1_pb.js";

export interface SandboxFacts {
  readonly request: SandboxRequest;
  readonly config: JsonObject;
  readonly logs: string;
  readonly hosts: string;
  /** The pod's folder on a disk. */
  readonly data: string;
  /** Called when nothing of the pod is left with the runtime, nor mounted for it. */
  readonly forget: () => void;
}

export class CriSandbox implements Sandbox {
  readonly #client: CriClient;
  readonly #facts: SandboxFacts;
  readonly #config: PodSandboxConfig;
  readonly #containers: CriContainer[] = [];
  #id = "";
  #pid = 0;
  #ip = "";

  constructor(client: CriClient, facts: SandboxFacts) {
    this.#client = client;
    this.#facts = facts;
    this.#config = fromJson(PodSandboxConfigSchema, facts.config as never);
  }

  /** @throws the runtime's refusal */
  async start(): Promise<void> {
    const { runtime } = this.#client;
    const { podSandboxId } = await runtime.runPodSandbox({ config: this.#config });
    this.#id = podSandboxId;
    const { status, info } = await runtime.podSandboxStatus({ podSandboxId, verbose: true });
    this.#pid = pidOf(info);
    this.#ip = status?.network?.ip ?? "";
  }

  get networkNamespace(): string {
    return `/proc/${this.#pid}/ns/net`;
  }

  get root(): string {
    return "";
  }

  get ip(): string {
    return this.#ip;
  }

  startContainer(request: ContainerRequest): RunningContainer {
    const container = new CriContainer(this.#client, request, {
      pod: this.#facts.request.id,
      sandbox: this.#id,
      sandboxConfig: this.#config,
      sandboxPid: this.#pid,
      logs: this.#facts.logs,
      hosts: this.#facts.hosts,
      data: this.#facts.data,
      idOf: (name) => this.#containers.find((one) => one.name === name && one.id !== "")?.id,
    });
    this.#containers.push(container);
    return container;
  }

  async remove(): Promise<readonly string[]> {
    const left: string[] = [];
    if (this.#id !== "" && !(await removeSandbox(this.#client, this.#id))) {
      left.push(`pod sandbox ${this.#id}`);
    }
    await Promise.allSettled(this.#containers.map(({ ended }) => ended));
    for (const { transientImage } of this.#containers) {
      if (transientImage === undefined) continue;
      if (left.length > 0) left.push(`image ${transientImage}`);
      else await removeImage(this.#client, transientImage);
    }
    left.push(...unmountBelow(this.#facts.data));
    this.#client.close();
    if (left.length === 0) this.#facts.forget();
    return left;
  }
}
