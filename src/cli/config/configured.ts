// The command line over the configuration: what `check` reads, in which world, and what it leaves out.
import { dirname, join, relative, resolve, sep } from "node:path";
import type { OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { Exclusion } from "../inputs/texts.ts";
import type { Config } from "./config.ts";

/** What was given stands; the configuration fills the rest. */
export function withConfig(options: OptionValues, config: Config | undefined): OptionValues {
  if (config === undefined) return options;
  const { level, kubernetes, runtime, world, baseline, failOn, podPaths } = config;
  const told: Record<string, OptionValues[string]> = {
    level,
    kubernetes,
    runtime,
    world: world === undefined ? undefined : fromHere(config, world),
    baseline: baseline === undefined ? undefined : fromHere(config, baseline),
    failOn,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  // A kind more is no other answer for those that are told.
  const podPath = [...podPaths, ...listOf(options["podPath"])];
  return { ...told, ...Object.fromEntries(given), ...(podPath.length === 0 ? {} : { podPath }) };
}

function listOf(value: OptionValues[string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** What a command takes of it that looks at one world: the newest Kubernetes of a range. */
export function withConfiguredWorld(
  options: OptionValues,
  config: Config | undefined,
): OptionValues {
  const { kubernetes, runtime, world, podPath } = withConfig(options, config);
  const range = typeof kubernetes === "string" ? kubernetes.split("..").at(-1) : undefined;
  const newest = options["kubernetes"] === undefined ? range : kubernetes;
  const told = Object.entries({ kubernetes: newest, runtime, world, podPath });
  return { ...options, ...Object.fromEntries(told.filter(([, value]) => value !== undefined)) };
}

/** What a command takes of it whose world is this machine: where custom kinds keep their pod. */
export function withPodPaths(options: OptionValues, config: Config | undefined): OptionValues {
  const { podPath } = withConfig(options, config);
  return podPath === undefined ? options : { ...options, podPath };
}

/** @throws UsageError when nothing is named anywhere */
export function pathsToCheck(
  args: readonly string[],
  config: Config | undefined,
): readonly string[] {
  if (args.length > 0) return args;
  if (config === undefined || config.include.length === 0) {
    const where = config === undefined ? "" : ` (or say it under include in ${config.file})`;
    throw new UsageError(
      `no file given: name a manifest, a folder, or - for standard input${where}`,
    );
  }
  return config.include.map((path) => fromHere(config, path));
}

export async function exclusionOf(config: Config | undefined): Promise<Exclusion | undefined> {
  if (config === undefined || config.exclude.length === 0) return undefined;
  const { matchesPath } = await import("./patterns.ts");
  const { exclude, file } = config;
  return {
    by: file,
    isExcluded: (path) => exclude.some((pattern) => matchesPath(pattern, pathIn(config, path))),
  };
}

/** As the patterns of the configuration mean it; without one, from the working directory. */
export function pathIn(config: Config | undefined, file: string): string {
  return relative(config?.folder ?? process.cwd(), resolve(file));
}

/** What names of files in fingerprints and baselines are relative to: the configuration's folder, else the baseline's. */
export function namingFolder(config: Config | undefined, options: OptionValues): string {
  const { baseline, writeBaseline } = options;
  const beside = typeof writeBaseline === "string" ? writeBaseline : baseline;
  if (config !== undefined) return resolve(config.folder);
  return typeof beside === "string" ? dirname(resolve(beside)) : process.cwd();
}

/** `a.yaml`, `./a.yaml` and `/work/a.yaml` are one file; standard input has no place. */
export function nameIn(folder: string, file: string): string {
  return file === "<stdin>" ? file : relative(folder, resolve(file)).split(sep).join("/");
}

/** A path of the configuration, as it is named from the working directory. */
export function fromHere({ folder }: Pick<Config, "folder">, path: string): string {
  return relative(process.cwd(), join(folder, path)) || ".";
}
