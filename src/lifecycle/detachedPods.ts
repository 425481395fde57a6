// Pods that run in the background: what their secctx writes down of them, and what other calls of secctx read there.
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { goQuote } from "../core/rules/goText.ts";
import type { DaemonWay, ExecWay } from "../engines/engine.ts";
import { execProcess } from "../engines/execProcess.ts";
import { isLeftover } from "../engines/podPlace.ts";
import { cacheDirectory } from "../node/directories.ts";
import { EngineError } from "../node/errors.ts";
import { namesIfThere } from "../node/ifThere.ts";
import { removeTree } from "../node/removeTree.ts";
import type { PodNow } from "./podRun.ts";
import type { StatusLine } from "./statusLine.ts";

export interface DetachedPod {
  readonly id: string;
  /** Of the secctx that runs it. */
  readonly pid: number;
  readonly name: string;
  readonly namespace: string;
  readonly line: StatusLine;
  readonly phase: string;
  readonly startTime: string;
  readonly containers: readonly string[];
  /** By container that runs. */
  readonly exec: Readonly<Record<string, ExecWay | DaemonWay>>;
  readonly running: readonly string[];
}

/** One that was found on disk. */
export interface FoundPod extends DetachedPod {
  /** Its secctx lives. */
  readonly isRunning: boolean;
}

function root(): string {
  return join(cacheDirectory(), "detached");
}

const MAX_LOG = 10 * 1024 * 1024;

/** What the owner of a pod writes. It outlives the pod, so that its logs and its end can be read. */
export class DetachedRecord {
  readonly #folder: string;
  readonly #about: Pick<DetachedPod, "id" | "name" | "namespace" | "containers">;
  readonly #sizes = new Map<string, number>();
  #writing: Promise<void> = Promise.resolve();

  constructor(about: Pick<DetachedPod, "id" | "name" | "namespace" | "containers">) {
    this.#about = about;
    this.#folder = join(root(), about.id);
    mkdirSync(join(this.#folder, "logs"), { recursive: true, mode: 0o700 });
  }

  /** In the order of the calls. */
  write(now: PodNow): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(now)).catch(() => {});
    return this.#writing;
  }

  /** Keeps the latest 10 to 20 MiB of each container. */
  log(container: string, bytes: Buffer): void {
    const file = logFile(this.#folder, container);
    const size = (this.#sizes.get(container) ?? 0) + bytes.length;
    this.#sizes.set(container, size);
    if (size > MAX_LOG) {
      this.#sizes.set(container, bytes.length);
      renameSync(file, `${file}.1`);
    }
    appendFileSync(file, bytes, { mode: 0o600 });
  }

  async #write({ status, line, running }: PodNow): Promise<void> {
    const exec: Record<string, ExecWay | DaemonWay> = {};
    for (const [name, container] of running) {
      const way = await container.execWay?.();
      if (way !== undefined) exec[name] = way;
    }
    const pod: DetachedPod = {
      ...{ ...this.#about, pid: process.pid, line, exec, phase: status.phase },
      running: [...running.keys()],
      startTime: String(status["startTime"]),
    };
    const file = join(this.#folder, "pod.json");
    writeFileSync(`${file}.new`, JSON.stringify(pod), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** The newest first. */
export function listPods(): FoundPod[] {
  const found: FoundPod[] = [];
  for (const id of namesIfThere(root())) {
    try {
      const pod = JSON.parse(readFileSync(join(root(), id, "pod.json"), "utf8")) as DetachedPod;
      found.push({ ...pod, isRunning: !isLeftover(id) });
    } catch {
      // Not yet written, or removed just now.
    }
  }
  return found.sort((a, b) => b.startTime.localeCompare(a.startTime));
}

/**
 * By name, `namespace/name` or id.
 * @throws EngineError unless exactly one is meant; of several with one name the only one that runs
 */
export function findPod(name: string): FoundPod {
  const named = listPods().filter((pod) =>
    [pod.id, pod.name, `${pod.namespace}/${pod.name}`].includes(name),
  );
  const running = named.filter(({ isRunning }) => isRunning);
  const candidates = running.length > 0 ? running : named.slice(0, 1);
  const [pod] = candidates;
  if (pod === undefined) throw new EngineError(`no pod ${name} runs in the background: see ps`);
  if (candidates.length === 1) return pod;
  const ids = candidates.map(({ id }) => id).join(", ");
  throw new EngineError(`${candidates.length} pods are called ${name}: ${ids}`);
}

/**
 * A pod's name is taken as long as one of that name runs in the background.
 * @throws EngineError in the API server's words
 */
export function checkIsNew({ name, namespace }: Pick<DetachedPod, "name" | "namespace">): void {
  const taken = listPods().find(
    (pod) => pod.isRunning && pod.name === name && pod.namespace === namespace,
  );
  if (taken === undefined) return;
  throw new EngineError(`pods ${goQuote(name)} already exists: secctx stop ${taken.id} ends it`);
}

/**
 * The container that is meant, else the pod's first.
 * @throws EngineError when the pod has no such container
 */
export function findContainer({ name, containers }: FoundPod, wanted: string | undefined): string {
  const found = wanted ?? containers[0] ?? "";
  if (containers.includes(found)) return found;
  throw new EngineError(`pod ${name} has no container ${found}: it has ${containers.join(", ")}`);
}

export interface ExecCall {
  readonly words: readonly string[];
  /** The words name it; to be removed when they have ended. */
  readonly file: string;
}

/** @throws EngineError when the container does not run */
export function execWayOf(pod: FoundPod, container: string): ExecWay | DaemonWay {
  if (!pod.isRunning || !pod.running.includes(container)) {
    throw new EngineError(`container ${container} of ${pod.name} does not run`);
  }
  const way = pod.exec[container];
  if (way === undefined) throw new EngineError(`container ${container} of ${pod.name} just ends`);
  return way;
}

/** What the way of an OCI runtime is called with. */
export function execCall(
  way: ExecWay,
  asked: { readonly command: readonly string[]; readonly terminal: boolean },
): ExecCall {
  const file = join(way.folder, `exec-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(execProcess(way.process, asked)), { mode: 0o600 });
  return { words: [...way.before, file, ...way.after], file };
}

/** The pieces of a container's log that are there, in order. */
export function logFiles({ id }: FoundPod, container: string): string[] {
  const file = logFile(join(root(), id), container);
  return [`${file}.1`, file].filter((path) => statSync(path, { throwIfNoEntry: false }));
}

export function currentLog({ id }: FoundPod, container: string): string {
  return logFile(join(root(), id), container);
}

/** Removes what is written of a pod that runs no more. */
export function forgetPod({ id }: Pick<FoundPod, "id">): void {
  removeTree(join(root(), id));
}

/** Removes what is written of all pods that run no more. @param kept ids of those that a daemon may still run @returns their ids */
export function forgetEndedPods(kept: ReadonlySet<string>): string[] {
  const ended = namesIfThere(root()).filter((id) => isLeftover(id) && !kept.has(id));
  for (const id of ended) forgetPod({ id });
  return ended;
}

function logFile(folder: string, container: string): string {
  return join(folder, "logs", `${container}.log`);
}
