// Resource quantities as the API writes them (`500m`, `1Gi`, `1e3`), exact to a billionth.
//
// @see kubernetes v1.37.2 apimachinery pkg/api/resource/quantity.go ParseQuantity

/** Billionths. */
export type Nano = bigint;

const UNIT: Nano = 1_000_000_000n;

/** Suffix → numerator and denominator. */
const SUFFIXES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  n: [1n, 10n ** 9n],
  u: [1n, 10n ** 6n],
  m: [1n, 1000n],
  "": [1n, 1n],
  k: [10n ** 3n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  P: [10n ** 15n, 1n],
  E: [10n ** 18n, 1n],
  Ki: [1n << 10n, 1n],
  Mi: [1n << 20n, 1n],
  Gi: [1n << 30n, 1n],
  Ti: [1n << 40n, 1n],
  Pi: [1n << 50n, 1n],
  Ei: [1n << 60n, 1n],
};
const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;

/** A fraction of a billionth counts as a whole one; undefined for what is no quantity. */
export function parseQuantity(text: string): Nano | undefined {
  const match = QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", suffix = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const [times, over] = SUFFIXES[suffix] ?? [1n, 1n];
  const power = BigInt(exponent) - BigInt(fraction.length);
  const up = power > 0n ? 10n ** power : 1n;
  const down = power < 0n ? 10n ** -power : 1n;
  const nano = divideUp(BigInt(whole + fraction) * times * up * UNIT, over * down);
  return sign === "-" ? -nano : nano;
}

/** Whole units, rounded up: bytes, say. */
export function wholeUnits(nano: Nano): bigint {
  return divideUp(nano, UNIT);
}

/** Thousandths, rounded up: milli-CPUs. */
export function milliUnits(nano: Nano): bigint {
  return divideUp(nano, UNIT / 1000n);
}

/** Rounds away from zero. */
export function divideUp(value: bigint, by: bigint): bigint {
  if (value < 0n) return -divideUp(-value, by);
  return (value + by - 1n) / by;
}
