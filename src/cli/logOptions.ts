// The options of `logs`, as kubectl has them, and what they ask for.
import type { LinesAsked } from "../lifecycle/logs/readLog.ts";
import type { OptionSpec, OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";

export const LOG_OPTIONS: readonly OptionSpec[] = [
  { flags: "-c, --container <name>", description: "default: the pod's first" },
  { flags: "--all-containers", description: "of all containers of the pod" },
  {
    flags: "-f, --follow",
    description: "go on until the container has ended for good, through its restarts",
  },
  {
    flags: "-p, --previous",
    description: "of the container's instance before, where it was started again",
  },
  { flags: "--tail <lines>", description: "so many from the end; -1: all", default: "-1" },
  { flags: "--since <duration>", description: "only what is newer than 5s, 2m or 1h30m" },
  { flags: "--since-time <time>", description: "only what came after a time as of RFC 3339" },
  { flags: "--timestamps", description: "each line with its time" },
  { flags: "--prefix", description: "each line with its pod and container" },
];

export interface LogsAsked extends LinesAsked {
  /** undefined: the pod's first. */
  readonly container: string | undefined;
  readonly all: boolean;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly prefix: boolean;
}

/**
 * @param inline the container as `kubectl logs POD CONTAINER` names it
 * @throws UsageError in kubectl's words where it has some
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go Validate
 */
export function logsAsked(
  options: OptionValues,
  inline: string | undefined,
  now: number = Date.now(),
): LogsAsked {
  const named = textOf(options["container"]);
  const all = options["allContainers"] === true;
  if (named !== undefined && inline !== undefined) {
    throw new UsageError("only one of -c or an inline [CONTAINER] arg is allowed");
  }
  const container = named ?? inline;
  if (all && container !== undefined) {
    throw new UsageError(
      `--all-containers=true should not be specified with container name ${container}`,
    );
  }
  const tail = tailOf(String(options["tail"] ?? "-1"));
  const since = sinceOf(options, now);
  return {
    ...{ container, all },
    ...(tail === undefined ? {} : { tail }),
    ...(since === undefined ? {} : { since }),
    follow: options["follow"] === true,
    previous: options["previous"] === true,
    timestamps: options["timestamps"] === true,
    prefix: options["prefix"] === true,
  };
}

export function textOf(value: OptionValues[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function tailOf(text: string): number | undefined {
  if (!/^-?\d+$/.test(text)) throw new UsageError(`--tail ${text}: write a number of lines`);
  const lines = Number(text);
  if (lines < -1) throw new UsageError("--tail must be greater than or equal to -1");
  return lines === -1 ? undefined : lines;
}

/** Milliseconds since 1970. */
function sinceOf(options: OptionValues, now: number): number | undefined {
  const since = textOf(options["since"]);
  const time = textOf(options["sinceTime"]);
  if (since !== undefined && time !== undefined) {
    throw new UsageError("at most one of `sinceTime` or `sinceSeconds` may be specified");
  }
  if (time !== undefined) {
    const ms = RFC3339.test(time) ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(ms)) {
      throw new UsageError(`--since-time ${time}: write a time as 2026-11-28T18:00:00Z`);
    }
    return ms;
  }
  return since === undefined ? undefined : now - durationMs(since);
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** @see go time/format.go unitMap */
const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 },
};
const DURATION_PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** As Go reads a duration. @throws UsageError */
function durationMs(text: string): number {
  if (/^-./.test(text)) throw new UsageError("--since must be greater than 0");
  const parts = [...text.matchAll(DURATION_PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new UsageError(`--since ${text}: write a duration as 30s, 5m or 1h30m`);
  }
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0);
}
