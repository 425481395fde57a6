// The text of secctx.yaml held against its schema: every mistake is told with its place.
import { dirname, resolve } from "node:path";
import { readPlacedYaml } from "../../core/manifest/placedYaml.ts";
import type { FieldPath, Position } from "../../core/model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/model/json.ts";
import { excerptLines } from "../../report/excerptLines.ts";
import { UsageError } from "../errors.ts";
import type { Config } from "./config.ts";
import { CONFIG_SCHEMA } from "./configSchema.ts";
import { type SchemaError, schemaErrors } from "./schemaErrors.ts";

export interface ParsedConfig {
  /** Of what is wrong, as much as can be read. */
  readonly config: Config;
  /** The whole text as it is written. */
  readonly value: JsonValue;
  readonly mistakes: readonly SchemaError[];
}

/** @throws UsageError for a text that is no YAML, the only mistake that hides others */
export function parseConfig(text: string, file: string): ParsedConfig {
  const read = readPlacedYaml(text);
  if ("message" in read) {
    throw new UsageError(toldAt(file, read.place, read.message, read.excerpt));
  }
  const value = read.value ?? {};
  return {
    value,
    mistakes: [...schemaErrors(value, CONFIG_SCHEMA), ...dateErrors(value)],
    config: {
      ...configOf(isJsonObject(value) ? value : {}, file, read.placeOf),
      tellAt: (path, message) => {
        const place = read.placeOf(path);
        return toldAt(file, place, message, read.excerpt(place));
      },
      offsetOf: (path) => read.placeOf(path).offset,
    },
  };
}

/** In the order of the text. @throws UsageError with a line per mistake, and what stands there; for none nothing */
export function throwMistakes(
  { tellAt, offsetOf }: Config,
  mistakes: readonly SchemaError[],
): void {
  if (mistakes.length === 0) return;
  const told = mistakes.toSorted((a, b) => offsetOf(a.path) - offsetOf(b.path));
  throw new UsageError(told.map(({ path, message }) => tellAt(path, message)).join("\n"));
}

const DAY = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Of the form the schema has spoken; the calendar does not have each such day. */
function dateErrors(value: JsonValue): SchemaError[] {
  const exemptions = isJsonObject(value) ? value["exemptions"] : undefined;
  if (!Array.isArray(exemptions)) return [];
  return exemptions.flatMap((one, index) => {
    const day = isJsonObject(one) ? one["expires"] : undefined;
    const parts = DAY.exec(typeof day === "string" ? day : "")?.slice(1);
    if (parts === undefined) return [];
    const [year = 0, month = 0, date = 0] = parts.map(Number);
    if (new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date) return [];
    const message = `exemptions[${index}].expires: there is no ${day} in the calendar`;
    return [{ path: ["exemptions", index, "expires"], message }];
  });
}

function toldAt(
  file: string,
  { line, column }: Position,
  message: string,
  excerpt: string,
): string {
  const shown = excerptLines(excerpt).map((one) => `  ${one}`);
  return [`${file}:${line}:${column}: ${message}`, ...shown].join("\n");
}

function configOf(
  value: JsonObject,
  file: string,
  placeOf: (path: FieldPath) => Position,
): Omit<Config, "tellAt" | "offsetOf"> {
  const exemptions = Array.isArray(value["exemptions"]) ? value["exemptions"] : [];
  const failOn = textsOf(value["failOn"]);
  return {
    file,
    folder: dirname(resolve(file)),
    ...textMembers(value, ["level", "kubernetes", "runtime", "world", "baseline"]),
    include: textsOf(value["include"]),
    exclude: textsOf(value["exclude"]),
    podPaths: textsOf(value["podPaths"]),
    ...(failOn.length === 0 ? {} : { failOn }),
    exemptions: exemptions.filter(isJsonObject).map((one, index) => ({
      checks: textsOf(one["check"]),
      reason: String(one["reason"]),
      ...textMembers(one, ["image", "namespace", "path", "expires"]),
      at: `${file}:${placeOf(["exemptions", index]).line}`,
    })),
  };
}

function textsOf(value: JsonValue | undefined): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function textMembers<K extends string>(
  value: JsonObject,
  names: readonly K[],
): { readonly [N in K]?: string } {
  const found: { [N in K]?: string } = {};
  for (const name of names) {
    const member = value[name];
    if (typeof member === "string") found[name] = member;
  }
  return found;
}
