// Ctrl-C, SIGTERM, SIGHUP and --timeout: the first asks the pod to end, the second ends it at once, as SIGQUIT does.
import { monotonicMs, timerMs } from "../node/clock.ts";

export interface Stop {
  readonly signal: AbortSignal;
  readonly force: AbortSignal;
  /** The seconds of --timeout, when it was what asked first. */
  timedOut(): number | undefined;
  /** Asks the pod to end, as the first signal does. */
  giveUp(): void;
  /** Gives the signals back to Node. */
  end(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What comes so soon after the first is the same wish: `timeout` signals its command and then the whole process group. */
const SAME_MS = 100;

/** @param clock in milliseconds */
export function stopSignals(
  timeoutSeconds: number | undefined,
  clock: () => number = monotonicMs,
): Stop {
  const asked = new AbortController();
  const forced = new AbortController();
  let signalled = Number.NEGATIVE_INFINITY;
  const stop = (): void => {
    const now = clock();
    if (now - signalled < SAME_MS) return;
    signalled = now;
    if (asked.signal.aborted) forced.abort();
    else asked.abort();
  };
  const stopNow = (): void => {
    asked.abort();
    forced.abort();
  };
  let timedOut = false;
  const timeOut = (): void => {
    if (asked.signal.aborted) return;
    timedOut = true;
    asked.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  process.on("SIGQUIT", stopNow);
  const timer =
    timeoutSeconds === undefined ? undefined : setTimeout(timeOut, timerMs(timeoutSeconds * 1000));
  return {
    signal: asked.signal,
    force: forced.signal,
    timedOut: () => (timedOut ? timeoutSeconds : undefined),
    giveUp: () => asked.abort(),
    end() {
      clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, stop);
      process.off("SIGQUIT", stopNow);
    },
  };
}
