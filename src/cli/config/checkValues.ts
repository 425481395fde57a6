// What the schema cannot know of secctx.yaml: versions, runtimes, findings and files that there are not, each told at its place.
import { unknownFinding } from "../../core/answers/unknownFinding.ts";
import type { FieldPath } from "../../core/model/finding.ts";
import { checkWorlds } from "../checkWorlds.ts";
import type { OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { failing } from "../failing.ts";
import type { Config } from "./config.ts";
import { withConfig } from "./configured.ts";
import { matches } from "./patterns.ts";

/** Keys that only together may be wrong are told at the last. */
const WORLDS = [["kubernetes"], ["runtime"], ["kubernetes", "runtime"], ["world"]] as const;

/** @throws UsageError with a line per mistake, and what stands there */
export async function checkValues(config: Config): Promise<void> {
  const mistakes = [
    ...(await worldMistakes(config)),
    ...(await failOnMistakes(config)),
    ...exemptionMistakes(config),
  ];
  if (mistakes.length === 0) return;
  throw new UsageError(mistakes.map(([path, text]) => config.tellAt(path, text)).join("\n"));
}

type Mistake = readonly [FieldPath, string];

/** The commands read them as they read the options of that name, whose errors name the option. */
async function worldMistakes(config: Config): Promise<Mistake[]> {
  const told = withConfig({}, config);
  const wrong = new Set<string>();
  const mistakes: Mistake[] = [];
  for (const keys of WORLDS) {
    const key = keys[keys.length - 1] ?? keys[0];
    if (keys.some((one) => told[one] === undefined || wrong.has(one))) continue;
    const asked = Object.fromEntries(keys.map((one) => [one, told[one]]));
    const message = await mistakeOf(() => checkWorlds(asked));
    if (message === undefined) continue;
    wrong.add(key);
    mistakes.push([[key], named(key, told[key], message)]);
  }
  return mistakes;
}

async function failOnMistakes({ failOn = [] }: Config): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const [index, word] of failOn.entries()) {
    const message = await mistakeOf(() => failing({ failOn: [word] }));
    if (message === undefined) continue;
    mistakes.push([["failOn", index], message.replace("--fail-on", "failOn")]);
  }
  return mistakes;
}

function exemptionMistakes({ exemptions }: Config): Mistake[] {
  return exemptions.flatMap(({ checks }, index) =>
    checks.flatMap((check, item) => {
      const unknown = unknownFinding(check, matches);
      const path = ["exemptions", index, "check", item];
      return unknown === undefined
        ? []
        : [[path, `exemptions[${index}].check ${check}: ${unknown}`] as const];
    }),
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
