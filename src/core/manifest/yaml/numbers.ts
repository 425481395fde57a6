// Numbers as Go's strconv reads them for go-yaml: underscores anywhere, 0b, 0o, 0x and the leading 0 of an octal.
import type { Int64 } from "../../model/json.ts";

const INTEGER = /^([-+]?)(?:0[bB]([01]+)|0[oO]?([0-7]+)|0[xX]([0-9a-fA-F]+)|([1-9][0-9]*|0))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go takes underscores between digits; go-yaml does not strip them here. */
const DOT_FLOAT = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;
/** More digits than that fit no 64 bits, in any base. */
const MOST_DIGITS = 64;
/** So many decimal digits are surely a safe number. */
const SAFE_DIGITS = 15;

/** int64, or uint64 where there is no sign. @see go.yaml.in/yaml v2.4.4 resolve.go resolve */
export function parseInteger(text: string): Int64 | undefined {
  const match = INTEGER.exec(withoutUnderscores(text));
  if (match === null) return parseSignedBits(text);
  const [, sign, binary, octal, hex, decimal] = match;
  if (decimal !== undefined && decimal.length <= SAFE_DIGITS) return signed(sign, Number(decimal));
  if (binary !== undefined) return toInteger(sign, "0b", binary);
  if (octal !== undefined) return toInteger(sign, "0o", octal);
  return hex === undefined ? toInteger(sign, "", decimal ?? "") : toInteger(sign, "0x", hex);
}

function signed(sign: string | undefined, value: number): number {
  return sign === "-" && value !== 0 ? -value : value;
}

function toInteger(sign: string | undefined, prefix: string, digits: string): Int64 | undefined {
  const significant = digits.replace(/^0+(?=.)/, "");
  if (significant.length > MOST_DIGITS) return undefined;
  const size = BigInt(prefix + significant);
  const value = sign === "-" ? -size : size;
  if (value < MIN_INT64 || value > (sign === "" ? MAX_UINT64 : MAX_INT64)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const SIGNED_BITS = /^0b([-+])([01]+)$/;

/** `0b-1`: upstream reads what follows its `0b` as a number with a sign of its own. */
function parseSignedBits(text: string): Int64 | undefined {
  const match = SIGNED_BITS.exec(withoutUnderscores(text));
  return match === null ? undefined : toInteger(match[1], "0b", match[2] ?? "");
}

export function isIntegerText(text: string): boolean {
  return parseInteger(text) !== undefined;
}

/** Nothing for text that is no number or beyond float64. */
export function parseFloat64(text: string): number | bigint | undefined {
  if (text.startsWith(".") && !DOT_FLOAT.test(text)) return undefined;
  const plain = withoutUnderscores(text);
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? wholeFloat(value) : undefined;
}

/** As Go writes it into JSON: without a fraction below 10^21, and its digits exact from there on. */
export function wholeFloat(value: number): number | bigint {
  const written = Number.isInteger(value) && Math.abs(value) < 1e21;
  return written && !Number.isSafeInteger(value) ? BigInt(String(value)) : value;
}

function withoutUnderscores(text: string): string {
  return text.includes("_") ? text.replaceAll("_", "") : text;
}

const LEAST_EXPONENT = 6;

/**
 * A float as the key of a mapping: the shortest digits of a float32, with an exponent from 10^6 on.
 * @see sigs.k8s.io/yaml v1.6.0 yaml.go convertToJSONableObject
 */
export function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (Object.is(single, -0)) return "-0";
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits += 1;
  const [mantissa = "", exponent = "0"] = single.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < LEAST_EXPONENT) return plainDecimal(mantissa, power);
  const sign = power < 0 ? "-" : "+";
  return `${trimZeros(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

function plainDecimal(mantissa: string, power: number): string {
  const negative = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace("-", "").replace(".", "");
  if (power < 0) return `${negative}${trimZeros(`0.${"0".repeat(-power - 1)}${digits}`)}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  return negative + trimZeros(`${whole}.${digits.slice(power + 1)}`);
}

function trimZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0*$/, "") : decimal;
}
