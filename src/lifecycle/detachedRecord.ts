// What the secctx of a pod that runs in the background writes down of it. It outlives the pod: its logs and its end can be read.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type { DaemonWay, ExecWay } from "../engines/engine.ts";
import { cacheDirectory } from "../node/directories.ts";
import { ContainerLog } from "./logs/containerLog.ts";
import { logFolder } from "./logs/logFiles.ts";
import { loggedStatuses } from "./logs/validateContainerLogStatus.ts";
import type { PodEvent } from "./podEvents.ts";
import type { OutputOf, PodNow } from "./podRun.ts";
import type { Deletion, PodStatus } from "./podStatus.ts";
import { RecordedEvents } from "./recordedEvents.ts";
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

/** Below it each pod has a folder by its id. */
export function detachedRoot(): string {
  return join(cacheDirectory(), "detached");
}

/** What does not change of a pod: all but its status. */
export const MANIFEST = "manifest.json";

export class DetachedRecord {
  readonly #folder: string;
  readonly #about: AboutPod;
  readonly #logs = new Map<string, ContainerLog>();
  readonly #events: RecordedEvents;
  #writing: Promise<void> = Promise.resolve();

  /** @param pod as the API server has it; null: there is none */
  constructor(about: AboutPod, pod: Pod | null) {
    this.#about = about;
    this.#folder = join(detachedRoot(), about.id);
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

  log(container: string, stream: "stdout" | "stderr", bytes: Buffer, from: OutputOf): void {
    this.#logOf(container).write(from.attempt, stream, bytes, from.time);
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
