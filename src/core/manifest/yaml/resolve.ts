// A scalar's text and tag → its value, in go-yaml's dialect of YAML 1.1 (`yes` is true, `0400` is 256, `1:30` stays text).
import type { JsonValue } from "../../model/json.ts";
import { decodeBase64 } from "./binary.ts";
import { isIntegerText, parseFloat64, parseInteger, wholeFloat } from "./numbers.ts";
import { isTimestamp } from "./timestamp.ts";

const PREFIX = "tag:yaml.org,2002:";
export const MERGE_TAG: string = `${PREFIX}merge`;

const WORDS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word) => [word, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word) => [word, false] as const,
  ),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map(
    (word) => [word, Number.POSITIVE_INFINITY] as const,
  ),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);
const LONGEST_WORD = 5;
/** First characters of words and numbers; text that begins otherwise stays text. */
const HINTS: ReadonlySet<string> = new Set("+-.0123456789yYnNtTfFoO~");
const NUMBER_HINTS: ReadonlySet<string> = new Set("+-.0123456789");

/** A value of a known tag cannot be read as that. */
export class TagMismatch extends Error {}

/**
 * Numbers may be infinite or NaN, which JSON cannot hold.
 * @throws TagMismatch
 * @see go.yaml.in/yaml v2.4.4 resolve.go resolve
 */
export function resolveScalar(tag: string, text: string, implicit: boolean): JsonValue {
  if (tag === "") return implicit ? resolvePlain(text) : text;
  if (!tag.startsWith(PREFIX)) return text;
  const type = tag.slice(PREFIX.length);
  if (type === "binary") return decodeBinary(text);
  if (!CONVERTIBLE.has(type)) return text;
  if (type === "timestamp" && isTimestamp(text)) return text;
  const value = resolvePlain(text);
  const found = typeOf(value, text);
  if (type === found) return value;
  const float = type === "float" && found === "int" ? floatOf(value) : undefined;
  if (float !== undefined) return float;
  throw new TagMismatch(`cannot decode !!${found} \`${text}\` as a !!${type}`);
}

const CONVERTIBLE: ReadonlySet<string> = new Set(["bool", "int", "float", "null", "timestamp"]);
const MAX_INT64 = 2n ** 63n - 1n;

function resolvePlain(text: string): JsonValue {
  if (text !== "" && !HINTS.has(text.charAt(0))) return text;
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  if (!NUMBER_HINTS.has(text.charAt(0))) return text;
  return parseInteger(text) ?? parseFloat64(text) ?? text;
}

function typeOf(value: JsonValue, text: string): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  return isIntegerText(text) ? "int" : "float";
}

function floatOf(value: JsonValue): JsonValue | undefined {
  if (typeof value === "bigint") return value > MAX_INT64 ? undefined : wholeFloat(Number(value));
  return value;
}

function decodeBinary(text: string): string {
  const value = decodeBase64(text);
  if (value === undefined) throw new TagMismatch("!!binary value contains invalid base64 data");
  return value;
}
