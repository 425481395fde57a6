// Pods that run in the background: what their secctx writes down of them, and what other calls of secctx read there.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../core/model/json.ts";
import type { ObjectMeta, Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import { goQuote } from "../core/rules/goText.ts";
import type { DaemonWay, ExecWay } from "../engines/engine.ts";
import { execProcess, NO_LOG } from "../engines/execProcess.ts";
import { isLeftover } from "../engines/podPlace.ts";
import { cacheDirectory } from "../node/directories.ts";
import { EngineError } from "../node/errors.ts";
import { namesIfThere } from "../node/ifThere.ts";
import { removeTree } from "../node/removeTree.ts";
import { ContainerLog } from "./logs/containerLog.ts";
import { logFolder } from "./logs/logFiles.ts";
import { loggedStatuses } from "./logs/validateContainerLogStatus.ts";
import type { PodEvent } from "./podEvents.ts";
import type { PodNow } from "./podRun.ts";
import { type Deletion, type PodStatus, podWithStatus } from "./podStatus.ts";
import { type RecordedEvent, RecordedEvents, readEvents } from "./recordedEvents.ts";
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
  /** As the API shows it. */
  readonly status: PodStatus;
  /** Of the runtime whose rules hold. */
  readonly runtimeVersion: World["runtime"]["version"];
  readonly containers: readonly string[];
  /** The one that is meant where none is named. */
  readonly defaultContainer: string;
  /** By container that runs. */
  readonly exec: Readonly<Record<string, ExecWay | DaemonWay>>;
  readonly running: readonly string[];
  /** Those that have ended and are not started again. */
  readonly ended: readonly string[];
  /** Since it is being ended: the fields of its metadata. */
  readonly deletion?: Deletion;
  /** This is its last word. */
  readonly hasEnded: boolean;
}

/** What does not change while it runs. */
type AboutPod = Pick<
  DetachedPod,
  "id" | "name" | "namespace" | "runtimeVersion" | "containers" | "defaultContainer"
>;

/** One that was found on disk. */
export interface FoundPod extends DetachedPod {
  /** Its secctx lives. */
  readonly isRunning: boolean;
}

function root(): string {
  return join(cacheDirectory(), "detached");
}

/** What the owner of a pod writes. It outlives the pod, so that its logs and its end can be read. */
export class DetachedRecord {
  readonly #folder: string;
  readonly #about: AboutPod;
  readonly #logs = new Map<string, ContainerLog>();
  readonly #events: RecordedEvents;
  #writing: Promise<void> = Promise.resolve();

  /** @param pod as the API server has it; null: there is none */
  constructor(about: AboutPod, pod: Pod | null) {
    this.#about = about;
    this.#folder = join(root(), about.id);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#folder, MANIFEST), JSON.stringify(pod), { mode: 0o600 });
    this.#events = new RecordedEvents(this.#folder);
  }

  /** In the order of the calls. */
  write(now: PodNow): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(now)).catch(() => {});
    return this.#writing;
  }

  event(event: PodEvent): void {
    this.#events.add(event);
  }

  /** @param attempt how often the container was started before */
  log(container: string, attempt: number, stream: "stdout" | "stderr", bytes: Buffer): void {
    this.#logOf(container).write(attempt, stream, bytes);
  }

  #logOf(container: string): ContainerLog {
    const log = this.#logs.get(container) ?? new ContainerLog(logFolder(this.#folder, container));
    this.#logs.set(container, log);
    return log;
  }

  async #write({ status, line, running, ended, deletion, isLast }: PodNow): Promise<void> {
    for (const { name, restartCount } of loggedStatuses(status)) {
      if (running.has(name)) this.#logOf(name).begin(restartCount);
    }
    const exec: Record<string, ExecWay | DaemonWay> = {};
    for (const [name, container] of running) {
      const way = await container.execWay?.();
      if (way !== undefined) exec[name] = way;
    }
    const pod: DetachedPod = {
      ...{ ...this.#about, pid: process.pid, line, exec, phase: status.phase, status },
      ...{ running: [...running.keys()], ended, hasEnded: isLast },
      ...(deletion === undefined ? {} : { deletion }),
      startTime: String(status["startTime"]),
    };
    const file = join(this.#folder, "pod.json");
    writeFileSync(`${file}.new`, JSON.stringify(pod), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** What does not change of it: the pod without its status. */
const MANIFEST = "manifest.json";

/** The pod with its status, as the API would show it. */
export function apiPodOf({
  id,
  name,
  namespace,
  status,
  containers,
  deletion,
}: FoundPod): JsonObject {
  const pod = manifestOf(id) ?? {
    metadata: { name, namespace },
    spec: { containers: containers.map((one) => ({ name: one })) },
  };
  const metadata: ObjectMeta & Partial<Deletion> = { ...pod.metadata, ...deletion };
  return podWithStatus({ ...pod, metadata }, status);
}

/** undefined: an older secctx wrote none. */
function manifestOf(id: string): Pod | undefined {
  try {
    return JSON.parse(readFileSync(join(root(), id, MANIFEST), "utf8")) as Pod;
  } catch {
    return undefined;
  }
}

/** The newest first. */
export function listPods(): FoundPod[] {
  const found: FoundPod[] = [];
  for (const id of namesIfThere(root())) {
    const pod = readPod(id);
    if (pod !== undefined) found.push(pod);
  }
  return found.sort((a, b) => b.startTime.localeCompare(a.startTime));
}

/** undefined: not yet written, or removed just now. */
export function readPod(id: string): FoundPod | undefined {
  try {
    const pod = JSON.parse(readFileSync(join(root(), id, "pod.json"), "utf8")) as DetachedPod;
    return { ...pod, isRunning: !isLeftover(id) };
  } catch {
    return undefined;
  }
}

/** As kubectl takes it. */
const RESOURCE = /^(?:po|pods?)\//;

/**
 * By name, `namespace/name`, `pod/name` or id.
 * @throws EngineError unless exactly one is meant; of several with one name the only one that runs
 */
export function findPod(name: string): FoundPod {
  const asked = name.replace(RESOURCE, "");
  const named = listPods().filter(
    ({ id, name: own, namespace }) => own === asked || [id, `${namespace}/${own}`].includes(name),
  );
  const running = named.filter(({ isRunning }) => isRunning);
  const candidates = running.length > 0 ? running : named.slice(0, 1);
  const [pod] = candidates;
  if (pod === undefined) {
    throw new EngineError(
      `pods ${goQuote(name)} not found: secctx ps lists those that run --detach started${ofOthers()}`,
    );
  }
  if (candidates.length === 1) return pod;
  const ids = candidates.map(({ id }) => id).join(", ");
  throw new EngineError(`${candidates.length} pods are called ${name}: ${ids}`);
}

/** Each user sees its own: whoever started a pod by sudo has to ask so, too. */
export function ofOthers(): string {
  return process.getuid?.() === 0 ? "" : "; sudo secctx ps lists those of root";
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
 * The container that is meant, else the pod's own choice.
 * @throws EngineError in the API server's words when the pod has no such container
 */
export function findContainer(pod: FoundPod, wanted: string | undefined): string {
  const { name, containers } = pod;
  const found = wanted ?? pod.defaultContainer;
  if (containers.includes(found)) return found;
  throw new EngineError(
    `container ${found} is not valid for pod ${name}: it has ${containers.join(", ")}`,
  );
}

export interface ExecCall {
  readonly words: readonly string[];
  /** The words name them; to be removed when these have ended. */
  readonly file: string;
  readonly log: string;
}

const COMPLETED: readonly string[] = ["Succeeded", "Failed"];

/**
 * @throws EngineError in kubectl's and the kubelet's words when the container does not run
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go ExecOptions.Run
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go Kubelet.GetExec
 */
export function execWayOf(pod: FoundPod, container: string): ExecWay | DaemonWay {
  const { phase, isRunning, running, exec } = pod;
  if (COMPLETED.includes(phase)) {
    throw new EngineError(
      `cannot exec into a container in a completed pod; current phase is ${phase}`,
    );
  }
  const way = isRunning && running.includes(container) ? exec[container] : undefined;
  if (way === undefined) {
    throw new EngineError(
      `unable to upgrade connection: container not found (${goQuote(container)})`,
    );
  }
  return way;
}

/** What the way of an OCI runtime is called with. */
export function execCall(
  way: ExecWay,
  asked: { readonly command: readonly string[]; readonly terminal: boolean },
): ExecCall {
  const file = join(way.folder, `exec-${process.pid}.json`);
  const log = join(way.folder, `exec-${process.pid}.log`);
  const before = way.before.map((word) => (word === NO_LOG ? log : word));
  writeFileSync(file, JSON.stringify(execProcess(way.process, asked)), { mode: 0o600 });
  return { words: [...before, file, ...way.after], file, log };
}

/** The latest last. */
export function eventsOf({ id }: Pick<FoundPod, "id">): RecordedEvent[] {
  return readEvents(join(root(), id));
}

/** Where the logs of a container lie. */
export function logsOf({ id }: Pick<FoundPod, "id">, container: string): string {
  return logFolder(join(root(), id), container);
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
