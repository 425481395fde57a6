// What is known of a running pod at any moment: its containers' records, its status, its line, and whether it is ready.
import { getPodQOS } from "../core/kubelet/getPodQOS.ts";
import type { Pod } from "../core/model/pod.ts";
import { containersOf } from "../core/model/pod.ts";
import type { ContainerLife } from "./containerLife.ts";
import { type ContainerRecord, newRecord, now } from "./containerRecord.ts";
import { getPhase, type Phase } from "./phase.ts";
import type { ContainerPlan } from "./plan.ts";
import type { PodNow, PodOutcome, RunInput } from "./podRun.ts";
import {
  type AboutContainer,
  type Deletion,
  type PodStatus,
  podStatus,
  unscheduledStatus,
} from "./podStatus.ts";
import type { Stopped } from "./refusedByKubelet.ts";
import { POD_IP } from "./sandboxRequest.ts";
import { statusLine } from "./statusLine.ts";
import { graceOf } from "./stopping.ts";

interface Reported {
  readonly pod: Pod;
  readonly plans: readonly ContainerPlan[];
  readonly lives: ReadonlyMap<string, ContainerLife>;
}

type Snapshot = Omit<PodOutcome, "events" | "leftBehind">;

export class PodReport {
  sandbox: "none" | "ready" | "notReady" = "none";
  /** Settles when the pod is ready for the first time. */
  readonly ready: Promise<void>;
  readonly #input: RunInput;
  readonly #reported: Reported;
  readonly #records: ReadonlyMap<string, ContainerRecord>;
  readonly #startTime = new Date();
  #status: PodStatus | undefined;
  #deletion: Deletion | undefined;
  #whenReady: Snapshot | undefined;
  #tellReady: () => void = () => {};

  constructor(input: RunInput, reported: Reported) {
    this.#input = input;
    this.#reported = reported;
    const { spec } = reported.pod;
    const hasInit = (spec.initContainers ?? []).length > 0;
    const records = containersOf(spec).map((at) => newRecord(at, hasInit));
    this.#records = new Map(records.map((record) => [record.at.container.name, record]));
    this.ready = new Promise((resolve) => {
      this.#tellReady = resolve;
    });
  }

  record(name: string): ContainerRecord {
    const record = this.#records.get(name);
    if (record === undefined) throw new Error(`no record of container ${name}`);
    return record;
  }

  /** As the API server marks a pod that somebody deletes. */
  beginDeletion(): void {
    const { options } = this.#input;
    const seconds = options.graceSeconds ?? graceOf(this.#reported.pod);
    const gone = now(new Date(Date.now() + seconds * 1000));
    this.#deletion = { deletionTimestamp: gone, deletionGracePeriodSeconds: seconds };
    this.changed();
  }

  /** To be called after every change of a record. */
  changed(): void {
    const { onStatus, options } = this.#input;
    if (onStatus === undefined && options.until !== "ready") return;
    const snapshot = this.#snapshot(undefined, false);
    onStatus?.(this.#now(snapshot, false));
    const isReady = snapshot.status.conditions.some(
      ({ type, status }) => type === "Ready" && status === "True",
    );
    if (!isReady || this.#whenReady !== undefined) return;
    this.#whenReady = { ...snapshot, isReady: true };
    this.#tellReady();
  }

  /** The pod's last word; of a run until it was ready, what held then. */
  end(stopped: Stopped | undefined): Snapshot {
    if (this.#input.options.until === "ready" && this.#whenReady !== undefined) {
      return this.#whenReady;
    }
    const snapshot = this.#snapshot(stopped, true);
    this.#input.onStatus?.(this.#now(snapshot, true));
    return snapshot;
  }

  #now({ status, line, containers }: Snapshot, isLast: boolean): PodNow {
    const running = new Map(
      [...this.#reported.lives].flatMap(([name, life]) =>
        life.running === undefined ? [] : [[name, life.running] as const],
      ),
    );
    const ended = [...this.#reported.lives].flatMap(([name, life]) => (life.isOver ? [name] : []));
    return { status, line, containers, running, ended, deletion: this.#deletion, isLast };
  }

  #snapshot(stopped: Stopped | undefined, isTerminal: boolean): Snapshot {
    const { pod } = this.#reported;
    const records = [...this.#records.values()];
    const phase: Phase = stopped?.phase ?? getPhase(pod, records, isTerminal);
    const { reason = "", message = "" } = stopped ?? {};
    const { world } = this.#input.journey;
    const { kubernetes } = world;
    const hostIP = this.#input.network?.address ?? POD_IP;
    const facts = { pod, kubernetes, records, phase, reason, sandbox: this.sandbox };
    const isUnscheduled = stopped?.isUnscheduled === true;
    const about = { message, now: now(), qosClass: getPodQOS(pod, world) };
    this.#status = isUnscheduled
      ? unscheduledStatus({ kubernetes, ...about })
      : podStatus(
          {
            ...{ ...facts, ...about, about: this.#about() },
            startTime: now(this.#startTime),
            podIP: this.sandbox === "none" ? "" : hostIP,
            hostIP,
          },
          this.#status,
        );
    const line = statusLine({
      ...{ pod, records, phase, reason: isUnscheduled ? phase : reason, isUnscheduled },
      isBeingDeleted: this.#deletion !== undefined && !isTerminal,
      ...{ startTime: this.#startTime.getTime(), now: Date.now() },
    });
    const containers = records.map((record) => ({ ...record }));
    return { phase, reason, message, containers, status: this.#status, line, isReady: false };
  }

  #about(): Map<string, AboutContainer> {
    const { images, engine, place } = this.#input;
    const about = new Map<string, AboutContainer>();
    for (const { at, kubelet, walk } of this.#reported.plans) {
      const { name, image = "" } = at.container;
      const recursive = (kubelet.config?.mounts ?? []).filter(
        (mount) => mount.recursive_read_only === true,
      );
      about.set(name, {
        imageID: images.get(image)?.image?.digest,
        containerID: (attempt) => `${engine.info.name}://${place.id}/${name}-${attempt}`,
        user: walk?.spec?.process?.user,
        recursiveReadOnly: new Set(recursive.map((mount) => String(mount.container_path))),
      });
    }
    return about;
  }
}
