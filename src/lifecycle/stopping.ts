// Waiting with an end, and the signal that asks a process to go before the one that makes it.
import type { Pod } from "../core/model/pod.ts";
import type { RunningContainer } from "../engines/engine.ts";
import { timerMs } from "../node/clock.ts";

/** Waits for `what`, at most so long. */
export async function sleepUntil(what: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timerMs(ms));
  });
  await Promise.race([what, late]);
  clearTimeout(timer);
}

export interface EndOptions {
  readonly ended: Promise<unknown>;
  readonly signal: NodeJS.Signals;
  readonly ms: number;
}

/** As CRI's StopContainer: the signal, then SIGKILL when the time is over. */
export async function endWithin(
  running: RunningContainer,
  { ended, signal, ms }: EndOptions,
): Promise<void> {
  running.signal(ms > 0 ? signal : "SIGKILL");
  const timer = setTimeout(() => running.signal("SIGKILL"), timerMs(ms));
  await ended;
  clearTimeout(timer);
}

const DEFAULT_GRACE_S = 30;

/** Seconds that the pod itself asks for. */
export function graceOf({ spec }: Pod): number {
  return Number(spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_S);
}
