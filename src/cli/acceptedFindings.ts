// What is accepted in this run: comments of the manifests, exemptions of the configuration, the baseline; and writing a new one.
import { readFileSync } from "node:fs";
import type { CheckedPod, CheckReport } from "../core/answers/checked.ts";
import { type Baseline, baselineOf, parseBaseline } from "../core/answers/suppress/baseline.ts";
import { suppress } from "../core/answers/suppress/suppress.ts";
import type { SuppressionComment } from "../core/answers/suppress/suppressionComments.ts";
import type { PodDocument } from "../core/manifest/manifest.ts";
import { containersOf } from "../core/model/pod.ts";
import type { OptionValues } from "./command.ts";
import type { Config } from "./config/config.ts";
import { pathIn } from "./config/configured.ts";
import { cannotRead, UsageError } from "./errors.ts";
import { writeWhole } from "./writeWhole.ts";

export interface Accepting {
  readonly config: Config | undefined;
  readonly comments: readonly SuppressionComment[];
  /** Of each pod of the report, its manifest. */
  readonly documentOf: ReadonlyMap<CheckedPod, PodDocument>;
}

/** @throws UsageError for a baseline that is none */
export async function withAccepted(
  report: CheckReport,
  options: OptionValues,
  { config, comments, documentOf }: Accepting,
): Promise<CheckReport> {
  const baseline = typeof options["baseline"] === "string" ? options["baseline"] : undefined;
  const exemptions = config?.exemptions ?? [];
  if (comments.length + exemptions.length === 0 && baseline === undefined) return report;
  const { matches, matchesPath } = await import("./config/patterns.ts");
  return suppress(report, {
    comments,
    exemptions,
    ...(baseline === undefined
      ? {}
      : { baseline: { content: readBaseline(baseline), at: baseline } }),
    matches,
    matchesPath,
    today: new Date().toISOString().slice(0, 10),
    pathOf: (file) => pathIn(config, file),
    imagesOf: (pod) => imagesOf(documentOf.get(pod)),
  });
}

function imagesOf(document: PodDocument | undefined): ReadonlyMap<string, string> {
  const containers = containersOf(document?.pod.spec).map(({ container }) => container);
  return new Map(containers.map((one) => [String(one?.name), String(one?.image ?? "")]));
}

/** `--write-baseline FILE`. @throws UsageError */
export function writeBaseline(report: CheckReport, options: OptionValues): void {
  const file = options["writeBaseline"];
  if (typeof file !== "string") return;
  const baseline = baselineOf(report);
  writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`);
  const { length } = baseline.findings;
  console.error(`secctx: ${file} lists ${length} finding${length === 1 ? "" : "s"}`);
}

function readBaseline(file: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${cannotRead(file, error)}; write it with --write-baseline ${file}`);
  }
  try {
    return parseBaseline(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
