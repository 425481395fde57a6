// The clock that nobody sets. Node's `performance` is the same one, but costs a millisecond to load.

/** Milliseconds since some moment in the past. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/** The longest time that a timer of Node takes: one that is set for longer fires at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;

/** What a timer can be set for, of what a manifest or an option may ask. */
export function timerMs(ms: number): number {
  return Math.min(Math.max(0, ms), MAX_TIMER_MS);
}
