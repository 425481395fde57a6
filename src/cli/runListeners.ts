// Who hears of a pod that runs: the terminal, and of a detached one its record and who started it.
import type { Journey } from "../core/journey.ts";
import { containersOf } from "../core/model/pod.ts";
import { exitCodeOf } from "../lifecycle/containerRecord.ts";
import { DetachedRecord } from "../lifecycle/detachedRecord.ts";
import type { PodEvent } from "../lifecycle/podEvents.ts";
import type { PodNow, RunInput } from "../lifecycle/podRun.ts";
import { podOf } from "../lifecycle/runAnswer.ts";
import type { OptionValues } from "./command.ts";
import type { Printer } from "./runPrinter.ts";
import { startVerdict } from "./startVerdict.ts";

/** Which container kubectl means where none is named. */
const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

export interface Heard {
  readonly id: string;
  readonly journey: Journey;
  /** A detached pod runs, and whoever started it may go. */
  runs(now: PodNow, events: readonly PodEvent[]): Promise<void>;
  /** A detached pod will never run. @param exitCode of its first container, where that has run */
  cannot(exitCode: number | undefined): void;
}

export interface Listeners {
  readonly of: Pick<RunInput, "onEvent" | "onOutput" | "onStatus" | "onSent">;
  /** Settles when all that was heard is written down and told. */
  settled(): Promise<void>;
}

export function listeners(output: Printer, options: OptionValues, heard: Heard): Listeners {
  const shows = typeof options["show"] === "string";
  const own = { onEvent: output.event, ...(shows ? { onSent: output.sent } : {}) };
  if (options["detach"] === true) return inBackground(own, options["until"] === "ready", heard);
  const watches = options["watch"] === true ? { onStatus: output.status } : {};
  return { of: { ...own, ...watches, onOutput: output.log }, settled: async () => {} };
}

function inBackground(
  own: Pick<RunInput, "onEvent" | "onSent">,
  waitsForReady: boolean,
  { id, journey, runs, cannot }: Heard,
): Listeners {
  const record = recordOf(id, journey);
  const events: PodEvent[] = [];
  let settled: Promise<void> = Promise.resolve();
  let isDecided = false;
  return {
    of: {
      ...own,
      onEvent: (event) => {
        own.onEvent(event);
        record.event(event);
        if (!isDecided) events.push(event);
      },
      onOutput: (container, stream, bytes, from) => record.log(container, stream, bytes, from),
      onStatus: (now) => {
        const written = record.write(now);
        settled = Promise.all([settled, written]).then(() => {});
        const verdict = isDecided ? "waits" : startVerdict(now, waitsForReady);
        if (verdict === "waits") return;
        isDecided = true;
        if (verdict === "cannot") cannot(firstExitCode(now));
        else settled = settled.then(() => runs(now, events));
      },
    },
    settled: () => settled,
  };
}

function firstExitCode({ containers }: PodNow): number | undefined {
  const first = containers.find(({ at }) => at.kind === "container");
  return first && exitCodeOf(first);
}

function recordOf(id: string, journey: Journey): DetachedRecord {
  const all = containersOf(journey.pod?.spec);
  const main = all.filter(({ kind }) => kind === "container");
  const others = all.filter(({ kind }) => kind !== "container");
  const containers = [...main, ...others].map(({ container }) => container.name);
  const told = String(journey.pod?.metadata?.annotations?.[DEFAULT_CONTAINER]);
  const defaultContainer = containers.includes(told) ? told : (containers[0] ?? "");
  const about = { id, containers, defaultContainer, ...podOf(journey) };
  const { version: runtimeVersion } = journey.world.runtime;
  return new DetachedRecord({ ...about, runtimeVersion }, journey.pod);
}
