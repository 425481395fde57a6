// The events of a pod in the background, written down with how often each came, as the API server keeps them.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PodEvent } from "./podEvents.ts";

export interface RecordedEvent extends PodEvent {
  readonly count: number;
  readonly firstTimestamp: string;
  readonly lastTimestamp: string;
}

/** Different ones; those that came last are kept. */
const MOST = 250;

export class RecordedEvents {
  readonly #file: string;
  /** The latest is the last. */
  readonly #events = new Map<string, RecordedEvent>();

  constructor(folder: string) {
    this.#file = fileIn(folder);
  }

  /** What is said again is counted. @see kubernetes v1.37.2 staging/src/k8s.io/client-go/tools/record/events_cache.go eventObserve */
  add(event: PodEvent, time: string = new Date().toISOString()): void {
    const key = JSON.stringify([event.type, event.reason, event.message, event.object]);
    const { count = 0, firstTimestamp = time } = this.#events.get(key) ?? {};
    this.#events.delete(key);
    this.#events.set(key, { ...event, count: count + 1, firstTimestamp, lastTimestamp: time });
    const [oldest] = this.#events.keys();
    if (this.#events.size > MOST && oldest !== undefined) this.#events.delete(oldest);
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify([...this.#events.values()]), {
        mode: 0o600,
      });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // A full disk must not end the pod.
    }
  }
}

/** The latest last. */
export function readEvents(folder: string): RecordedEvent[] {
  try {
    return JSON.parse(readFileSync(fileIn(folder), "utf8")) as RecordedEvent[];
  } catch {
    return [];
  }
}

function fileIn(folder: string): string {
  return join(folder, "events.json");
}
