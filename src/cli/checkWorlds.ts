// The worlds that `check` judges in: one per Kubernetes minor of a range, with the namespace's modes from the command line.
import type { World } from "../core/model/world.ts";
import { type Level, parseLevel, parseVersion } from "../core/podsecurity/level.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { worldOf } from "./options.ts";
import { versionRange } from "./versionRange.ts";

/** Oldest first. @throws UsageError for a range that is none */
export function checkWorlds(options: OptionValues): [World, ...World[]] {
  const asked = options["kubernetes"];
  const range = typeof asked === "string" ? versionRange(asked) : undefined;
  if (range === undefined) return [worldOf(options)];
  const [first, ...others] = range.map((kubernetes) => worldOf({ ...options, kubernetes }));
  if (first === undefined) throw new UsageError(`--kubernetes ${asked}: no version is in it`);
  return [first, ...others];
}

/** `--level`; commander has looked at it. */
export function levelOption(options: OptionValues): Level | undefined {
  const told = options["level"];
  return typeof told === "string" ? parseLevel(told).value : undefined;
}

const MODES = ["enforce", "warn", "audit"] as const;

/** What --enforce, --warn and --audit say, as labels of the namespace. @throws UsageError */
export function modeLabels(options: OptionValues): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const mode of MODES) {
    const told = options[mode];
    if (typeof told !== "string") continue;
    const [level = "", version] = told.split(":");
    const wrong = parseLevel(level).error ?? parseVersion(version ?? "latest").error;
    if (wrong !== undefined) throw new UsageError(`--${mode} ${told}: ${wrong}`);
    labels[`pod-security.kubernetes.io/${mode}`] = level;
    if (version !== undefined) labels[`pod-security.kubernetes.io/${mode}-version`] = version;
  }
  return labels;
}
