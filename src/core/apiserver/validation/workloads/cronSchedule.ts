// What is wrong with a schedule, in the words of the parser that the server asks.
// @see github.com/robfig/cron/v3 parser.go ParseStandard
import { parseDurationError } from "../../../rules/goDuration.ts";
import { goAtoiError } from "../../../rules/goNumbers.ts";
import { trimSpace } from "../../../rules/goStrings.ts";
import { atoi } from "../../../rules/passwd.ts";
import { loadLocationError } from "./timeZone.ts";

interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Lower case, the first of them for `min`. */
  readonly names?: readonly string[];
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const DAYS = "sun mon tue wed thu fri sat".split(" ");
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];
const DESCRIPTORS: readonly string[] =
  "@yearly @annually @monthly @weekly @daily @midnight @hourly".split(" ");
const EVERY = "@every ";
/** What Go's unicode.IsSpace takes. */
const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const PANIC = "invalid schedule format: runtime error: slice bounds out of range [:-1]";

/** Undefined for a schedule that can be read. */
export function cronScheduleError(schedule: string): string | undefined {
  let text = schedule;
  if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
    const space = text.indexOf(" ");
    // A bug of the parser, of which the server tells since 1.35.
    if (space === -1) return PANIC;
    const zone = text.slice(text.indexOf("=") + 1, space);
    const error = loadLocationError(zone);
    if (error !== undefined) return `provided bad location ${zone}: ${error}`;
    text = trimSpace(text.slice(space));
  }
  if (text.startsWith("@")) return descriptorError(text);
  const fields = fieldsOf(text);
  if (fields.length !== FIELDS.length) {
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`;
  }
  for (const [index, bounds] of FIELDS.entries()) {
    const error = fieldError(fields[index] ?? "", bounds);
    if (error !== undefined) return error;
  }
  return undefined;
}

function fieldsOf(text: string): string[] {
  return text.split(SPACE).filter((field) => field !== "");
}

function descriptorError(text: string): string | undefined {
  if (DESCRIPTORS.includes(text)) return undefined;
  if (!text.startsWith(EVERY)) return `unrecognized descriptor: ${text}`;
  const error = parseDurationError(text.slice(EVERY.length));
  return error === undefined ? undefined : `failed to parse duration ${text}: ${error}`;
}

function fieldError(field: string, bounds: Bounds): string | undefined {
  for (const range of field.split(",")) {
    const error = range === "" ? undefined : rangeError(range, bounds);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** `number | number "-" number [ "/" number ]` */
function rangeError(text: string, bounds: Bounds): string | undefined {
  const [range = "", step, ...more] = text.split("/");
  const [low = "", high, ...others] = range.split("-");
  const isAll = low === "*" || low === "?";
  const start = isAll ? bounds.min : numberOf(low, bounds);
  if (typeof start === "string") return start;
  if (!isAll && others.length > 0) return `too many hyphens: ${text}`;
  const told = isAll ? bounds.max : high === undefined ? start : numberOf(high, bounds);
  if (typeof told === "string") return told;
  if (more.length > 0) return `too many slashes: ${text}`;
  const every = step === undefined ? 1 : numberOf(step, { min: 0, max: 0 });
  if (typeof every === "string") return every;
  const end = step !== undefined && high === undefined ? bounds.max : told;
  if (start < bounds.min) {
    return `beginning of range (${start}) below minimum (${bounds.min}): ${text}`;
  }
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${text}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return BigInt(every) === 0n ? `step of range should be a positive number: ${text}` : undefined;
}

/** A text is what is wrong with it. */
function numberOf(text: string, { min, names }: Bounds): number | bigint | string {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named !== -1) return named + min;
  const number = atoi(text);
  if (number === undefined || number === "range") {
    return `failed to parse int from ${text}: ${goAtoiError(text)}`;
  }
  return number < 0 ? `negative number (${number}) not allowed: ${text}` : number;
}
