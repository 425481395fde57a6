// The clock that nobody sets. Node's `performance` is the same one, but costs a millisecond to load.

/** Milliseconds since some moment in the past. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/** The longest time that a timer of Node takes: one that is set for longer fires at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;
