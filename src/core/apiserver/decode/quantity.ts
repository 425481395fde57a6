// Whether a text is a resource quantity, as apimachinery's ParseQuantity decides it.
import { trimSpace } from "../../rules/goStrings.ts";

const FORMAT =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX = "unable to parse quantity's suffix";
const NUMERIC = "unable to parse numeric part of quantity";

const PARTS = /^([+-]?\d*(?:\.\d*)?)([eEinumkKMGTP]*[-+]?\d*)(.*)$/s;
const SUFFIXES = /^(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const COMMON = /^\d+(?:m|[KMGT]i|[kMG])?$/;

export function isQuantity(text: string): boolean {
  return COMMON.test(text) || quantityError(text) === undefined;
}

/**
 * The server's words for a text that is no quantity.
 * @see apimachinery v0.37.2 pkg/api/resource/quantity.go ParseQuantity
 */
export function quantityError(written: string): string | undefined {
  const text = trimSpace(written);
  if (text === "") return FORMAT;
  const [, number = "", suffix = "", rest = ""] = PARTS.exec(text) ?? [];
  if (rest !== "") return FORMAT;
  if (!SUFFIXES.test(suffix)) return SUFFIX;
  // Leading zeros are stripped before anything else is looked at; without a digit only a sign and zeros may stand there.
  return /\d/.test(number) || suffix === "" ? numericError(number) : NUMERIC;
}

function numericError(number: string): string | undefined {
  return number === "." || /^[+-]?\.$/.test(number) ? NUMERIC : undefined;
}
