// What Go's time.ParseDuration says of a text that is no duration.
// @see go time/format.go ParseDuration
import { goQuote } from "./goText.ts";

const UNIT: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const MOST = 2n ** 63n;
const PART = /^(\d*)(\.\d*)?([^\d.]*)/;

/** Undefined for a duration: `1h30m`, `-1.5s`, `0`. */
export function parseDurationError(text: string): string | undefined {
  const invalid = `time: invalid duration ${goQuote(text)}`;
  const isNegative = text.startsWith("-");
  let left = text.replace(/^[+-]/, "");
  if (left === "0") return undefined;
  if (left === "") return invalid;
  let total = 0n;
  while (left !== "") {
    const [part = "", whole = "", fraction = "", unit = ""] = PART.exec(left) ?? [];
    if (whole === "" && fraction.length < 2) return invalid;
    if (BigInt(whole || "0") > MOST) return invalid;
    if (unit === "") return `time: missing unit in duration ${goQuote(text)}`;
    const size = UNIT[unit];
    if (size === undefined) {
      return `time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`;
    }
    total += BigInt(whole || "0") * size + partOf(size, fraction.slice(1));
    if (total > MOST) return invalid;
    left = left.slice(part.length);
  }
  return !isNegative && total > MOST - 1n ? invalid : undefined;
}

function partOf(size: bigint, digits: string): bigint {
  const exact = digits.slice(0, 18);
  return (size * BigInt(exact || "0")) / 10n ** BigInt(exact.length);
}
