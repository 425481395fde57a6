// The clock that nobody sets, and the one that tells the time. Node's `performance` would cost a millisecond to load.

/** Milliseconds since some moment in the past. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

const NANOSECONDS = 1_000_000;

/** Nanoseconds from the clock that nobody sets to the time of day, as far as is known. */
let ahead: bigint | undefined;

/** The time as of RFC 3339 with nanoseconds; it never runs back but where the machine's clock is set. */
export function nowNano(
  wallMs: number = Date.now(),
  monotonic: bigint = process.hrtime.bigint(),
): string {
  // The time of day is told in whole milliseconds: the other clock tells how far the one that runs has come.
  const begin = BigInt(wallMs) * BigInt(NANOSECONDS);
  const known = ahead === undefined ? begin : monotonic + ahead;
  const end = begin + BigInt(NANOSECONDS - 1);
  const time = known < begin ? begin : known > end ? end : known;
  ahead = time - monotonic;
  const fraction = String(time % 1_000_000_000n).padStart(9, "0");
  return `${new Date(wallMs).toISOString().slice(0, -5)}.${fraction}Z`;
}

/** The longest time that a timer of Node takes: one that is set for longer fires at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;

/** What a timer can be set for, of what a manifest or an option may ask. */
export function timerMs(ms: number): number {
  return Math.min(Math.max(0, ms), MAX_TIMER_MS);
}
