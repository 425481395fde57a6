// What the schema cannot know of secctx.yaml: versions, runtimes, paths and findings that there are not, each with its place.
import { unknownFinding } from "../../core/answers/unknownFinding.ts";
import { type FieldPath, startsWith } from "../../core/model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/model/json.ts";
import { checkWorlds } from "../checkWorlds.ts";
import type { OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { failing } from "../failing.ts";
import { readLimits } from "../limits.ts";
import type { Config } from "./config.ts";
import { withConfig } from "./configured.ts";
import type { ParsedConfig } from "./parseConfig.ts";
import { matches } from "./patterns.ts";
import type { SchemaError } from "./schemaErrors.ts";

/** Keys that only together may be wrong are told at the last. */
const WORLDS = [["kubernetes"], ["runtime"], ["kubernetes", "runtime"], ["world"]] as const;

/** Of what the schema has nothing against. */
export async function wrongValues({
  config,
  value,
  mistakes,
}: ParsedConfig): Promise<readonly SchemaError[]> {
  if (!isJsonObject(value)) return [];
  const keys = new Set(mistakes.map(({ path }) => String(path[0])));
  const found = [
    ...(await wrongWorlds(config, keys)),
    ...(await wrongTexts(value)),
    ...wrongExemptions(value),
  ];
  return found.filter(({ path }) => !mistakes.some((one) => startsWith(path, one.path)));
}

/** The commands read them as they read the options of that name, whose errors name the option. */
async function wrongWorlds(config: Config, known: ReadonlySet<string>): Promise<SchemaError[]> {
  const told = withConfig({}, config);
  const wrong = new Set(known);
  const found: SchemaError[] = [];
  for (const keys of WORLDS) {
    const key = keys[keys.length - 1] ?? keys[0];
    if (keys.some((one) => told[one] === undefined || wrong.has(one))) continue;
    const asked = Object.fromEntries(keys.map((one) => [one, told[one]]));
    const message = await mistakeOf(() => checkWorlds(asked));
    if (message === undefined) continue;
    wrong.add(key);
    found.push({ path: [key], message: named(key, told[key], message) });
  }
  return found;
}

/** Lists whose items an option takes one by one. */
const LISTS: readonly {
  readonly key: string;
  readonly flag: string;
  readonly read: (word: string) => unknown;
}[] = [
  { key: "failOn", flag: "--fail-on", read: (word) => failing({ failOn: [word] }) },
  { key: "podPaths", flag: "--pod-path", read: (word) => readLimits({ podPath: [word] }) },
];

async function wrongTexts(value: JsonObject): Promise<SchemaError[]> {
  const found: SchemaError[] = [];
  for (const { key, flag, read } of LISTS) {
    for (const { path, text } of textsAt(value[key], [key])) {
      const message = await mistakeOf(() => read(text));
      if (message !== undefined) found.push({ path, message: message.replace(flag, key) });
    }
  }
  return found;
}

function wrongExemptions({ exemptions }: JsonObject): SchemaError[] {
  if (!Array.isArray(exemptions)) return [];
  return exemptions.flatMap((one: JsonValue, index) => {
    const check = isJsonObject(one) ? one["check"] : undefined;
    return textsAt(check, ["exemptions", index, "check"]).flatMap(({ path, text }) => {
      const unknown = unknownFinding(text, matches);
      const message = `exemptions[${index}].check ${text}: ${unknown}`;
      return unknown === undefined ? [] : [{ path, message }];
    });
  });
}

interface TextAt {
  readonly path: FieldPath;
  readonly text: string;
}

/** A text, or those of a list. */
function textsAt(value: JsonValue | undefined, path: FieldPath): readonly TextAt[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: JsonValue, index) =>
    typeof item === "string" ? [{ path: [...path, index], text: item }] : [],
  );
}

async function mistakeOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}

/** `--kubernetes 1.37..1.33: write a range as …` → `kubernetes 1.37..1.33: write a range as …`. */
function named(key: string, value: OptionValues[string], message: string): string {
  return message.startsWith(`--${key} `) ? message.slice(2) : `${key} ${String(value)}: ${message}`;
}
