// Ctrl-C, SIGTERM, SIGHUP and --timeout: the first asks the pod to end, the second ends it at once.

export interface Stop {
  readonly signal: AbortSignal;
  readonly force: AbortSignal;
  /** Gives the signals back to Node. */
  end(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function stopSignals(timeoutSeconds: number | undefined): Stop {
  const asked = new AbortController();
  const forced = new AbortController();
  const stop = (): void => {
    if (asked.signal.aborted) forced.abort();
    else asked.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => asked.abort(), timeoutSeconds * 1000);
  return {
    signal: asked.signal,
    force: forced.signal,
    end() {
      clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, stop);
    },
  };
}
