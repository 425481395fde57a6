// secctx.yaml: found from the working directory upwards, read only where there is one.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Exemption } from "../../core/answers/suppress/exemptions.ts";
import type { FieldPath } from "../../core/model/finding.ts";
import type { OptionValues } from "../command.ts";
import { cannotRead, UsageError } from "../errors.ts";

export const CONFIG_NAME = "secctx.yaml";

export interface Config {
  /** As a person would name it from here. */
  readonly file: string;
  /** Patterns and paths in it are relative to this folder. */
  readonly folder: string;
  readonly level?: string;
  readonly kubernetes?: string;
  readonly runtime?: string;
  readonly world?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly podPaths: readonly string[];
  readonly failOn?: readonly string[];
  readonly baseline?: string;
  readonly exemptions: readonly Exemption[];
  /** `secctx.yaml:3:1: MESSAGE`, with the lines around it. */
  readonly tellAt: (path: FieldPath, message: string) => string;
  /** Where it stands in the text. */
  readonly offsetOf: (path: FieldPath) => number;
}

/** `--config FILE`, else the first secctx.yaml from the working directory upwards. @throws UsageError */
export async function readConfig(options: OptionValues): Promise<Config | undefined> {
  const told = options["config"];
  if (told === false) return undefined;
  const file = typeof told === "string" ? told : findConfig(process.cwd());
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(cannotRead(file, error));
  }
  // Only who has a configuration pays for reading it.
  const { parseConfig, throwMistakes } = await import("./parseConfig.ts");
  const parsed = parseConfig(text, relative(process.cwd(), resolve(file)) || file);
  const { config, mistakes } = parsed;
  const { wrongValues } = await import("./wrongValues.ts");
  throwMistakes(config, [...mistakes, ...(await wrongValues(parsed))]);
  return config;
}

function findConfig(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return undefined;
  }
}
