// What is accepted in this run: comments of the manifests, exemptions of the configuration, the baseline; and writing a new one.
import { readFileSync, statSync } from "node:fs";
import type { CheckedPod, CheckReport } from "../core/answers/checked.ts";
import { type Baseline, baselineOf, parseBaseline } from "../core/answers/suppress/baseline.ts";
import { suppress } from "../core/answers/suppress/suppress.ts";
import type { SuppressionComment } from "../core/answers/suppress/suppressionComments.ts";
import { placesText } from "../report/check/summary.ts";
import { saidOf } from "../report/check/tally.ts";
import { count } from "../report/count.ts";
import { unreadText } from "../report/restText.ts";
import type { OptionValues } from "./command.ts";
import type { Config } from "./config/config.ts";
import { fromHere, nameIn, namingFolder, pathIn } from "./config/configured.ts";
import { cannotRead, UsageError } from "./errors.ts";
import { writeWhole } from "./replaceFile.ts";

export interface Accepting {
  readonly config: Config | undefined;
  readonly comments: readonly SuppressionComment[];
}

/** Could anything of this run be accepted? */
export function accepts({ config, comments }: Accepting, { baseline }: OptionValues): boolean {
  return comments.length + (config?.exemptions ?? []).length > 0 || typeof baseline === "string";
}

/** @throws UsageError for a baseline that is none */
export async function withAccepted(
  report: CheckReport,
  options: OptionValues,
  {
    config,
    comments,
    images,
    isPartial,
  }: Accepting & {
    /** Of each pod of the report, the image of each of its containers. */
    readonly images: ReadonlyMap<CheckedPod, ReadonlyMap<string, string>>;
    /** Files were named, no folder. */
    readonly isPartial: boolean;
  },
): Promise<CheckReport> {
  // A new baseline takes the place of the old one, which may not even be there yet.
  const told = options["writeBaseline"] === undefined ? options["baseline"] : undefined;
  const baseline = typeof told === "string" ? told : undefined;
  const exemptions = config?.exemptions ?? [];
  if (!accepts({ config, comments }, options)) return report;
  const folder = namingFolder(config, options);
  const { matches, matchesPath } = await import("./config/patterns.ts");
  return suppress(report, {
    comments,
    exemptions,
    ...(baseline === undefined
      ? {}
      : { baseline: { content: readBaseline(baseline, config), at: baseline } }),
    ...{ matches, matchesPath, isPartial },
    today: new Date().toISOString().slice(0, 10),
    pathOf: (file) => pathIn(config, file),
    named: (file) => nameIn(folder, file),
    imagesOf: (pod) => images.get(pod) ?? new Map(),
  });
}

/** Files alone: as pre-commit and editors name them. */
export function areFiles(args: readonly string[]): boolean {
  const isFile = (path: string): boolean =>
    path === "-" || statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return args.length > 0 && args.every(isFile);
}

/** `--write-baseline FILE`: of all that was named, or not at all. @throws UsageError */
export function writeBaseline(
  report: CheckReport,
  config: Config | undefined,
  options: OptionValues,
): void {
  const file = options["writeBaseline"];
  if (typeof file !== "string") return;
  const why = whyIncomplete(report);
  if (why !== "") {
    console.error(`secctx: ${file} is not written: ${why}`);
    return;
  }
  const folder = namingFolder(config, options);
  const baseline = baselineOf(report, (one) => nameIn(folder, one));
  writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`);
  const found = report.pods.reduce((sum, pod) => sum + saidOf(pod).length, 0);
  const places = placesText(found, baseline.findings.length);
  console.error(`secctx: ${file} lists ${count(found, "finding")}${places}`);
}

/** A baseline that lacks what was there all along would make it new tomorrow. */
function whyIncomplete({ errors, pods, isNoneAllowed }: CheckReport): string {
  const unread = errors.filter(({ isRefused }) => isRefused !== true);
  if (unread.length > 0) return `${unreadText(unread)}, and its findings would be missing`;
  return pods.length > 0 || isNoneAllowed === true ? "" : "nothing was checked";
}

function readBaseline(file: string, config: Config | undefined): Baseline {
  const isConfigured = config?.baseline !== undefined && file === fromHere(config, config.baseline);
  function failed(message: string): UsageError {
    return new UsageError(
      isConfigured
        ? config.tellAt(["baseline"], `baseline ${config.baseline}: ${message}`)
        : message,
    );
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw failed(`${cannotRead(file, error)}; write it with --write-baseline ${file}`);
  }
  try {
    return parseBaseline(JSON.parse(text));
  } catch (error) {
    throw failed(`${file}: ${(error as Error).message}`);
  }
}
