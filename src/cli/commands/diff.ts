// `secctx diff A B`: what privilege each workload gains or loses between two manifests, folders or git revisions.
import { diff, isAddedBeyondBaseline, type WorkloadDiff } from "../../core/answers/diff.ts";
import type { ManifestError } from "../../core/manifest/manifest.ts";
import { writeJson } from "../../core/rules/json.ts";
import { count } from "../../report/count.ts";
import { diffMarkdown } from "../../report/diff/markdown.ts";
import { diffText } from "../../report/diff/text.ts";
import { skippedByBoth, unreadText } from "../../report/restText.ts";
import { checkWorlds } from "../checkWorlds.ts";
import type { Command, OptionValues } from "../command.ts";
import { readConfig } from "../config/config.ts";
import { exclusionOf, withConfig } from "../config/configured.ts";
import { UsageError } from "../errors.ts";
import { FILENAME_OPTION } from "../filenameWords.ts";
import { gitSides, type Side } from "../gitFiles.ts";
import { isTemplateReason } from "../inputs/template.ts";
import { type ReadPlan, readTexts } from "../inputs/texts.ts";
import { readLimits } from "../limits.ts";
import { type Manifests, manifestsIn } from "../manifests.ts";
import { COMMON_OPTIONS, CONFIG_OPTIONS, styleOf, worldOf } from "../options.ts";
import { tellLeftOut } from "../rest.ts";
import { terminalWidth } from "../terminalWidth.ts";
import { yamlText } from "../yamlText.ts";

export const diffCommand: Command = {
  name: "diff",
  summary: "what privilege each workload gains or loses between two manifests or git revisions",
  arguments: "[paths...]",
  options: [
    FILENAME_OPTION,
    {
      flags: "-o, --output <form>",
      description: "text for people, markdown for a pull request, or one answer per workload",
      choices: ["text", "markdown", "json", "jsonl", "yaml"],
      default: "text",
    },
    {
      flags: "--git <revisions>",
      description: "compare two revisions (main..HEAD), or one (HEAD) with the working tree",
    },
    {
      flags: "--fail-on <verdict>",
      description:
        "exit with 1 when a workload gains a privilege or is new and beyond baseline (more), is new at all (added), or differs at all (changed)",
      choices: ["more", "added", "changed", "never"],
      default: "more",
    },
    ...CONFIG_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  examples: [
    "secctx diff old.yaml new.yaml",
    "secctx diff --git origin/main..HEAD deploy/ -o markdown",
    "secctx diff --git HEAD                            # what is not committed yet",
    "helm template chart | secctx diff deployed.yaml -",
  ],
  run,
};

/** 0 when nothing gains a privilege, 1 when something does or is new and beyond baseline, 2 when a text could not be read or there is nothing to compare. */
async function run(args: readonly string[], given: OptionValues): Promise<number> {
  const config = await readConfig(given);
  const options = withConfig(given, config);
  const limits = readLimits(options);
  const plan = { command: "diff", maxBytes: limits.maxBytes, exclusion: await exclusionOf(config) };
  const [before, after] = await bothSides(args, options, plan);
  const [old, now] = [manifestsIn(before, limits), manifestsIn(after, limits)];
  const sides = [old, now];
  const errors = toldOnce(
    { revision: before.revision, errors: old.errors },
    { revision: after.revision, errors: now.errors },
  );
  const world = checkWorlds(options).at(-1) ?? worldOf(options);
  // Where nothing of a side could be read, not everything is new.
  const unseen = (["before", "after"] as const).filter((_, side) => isUnseen(sides[side] ?? now));
  const names = namesOf(args, [before, after]);
  const isOneSided = unseen.length > 0;
  const diffs = isOneSided ? [] : diff(old.pods, now.pods, world);
  const uncompared = errors.filter(({ isRefused }) => isRefused !== true);
  const unread = uncompared.length === 0 ? "" : `${unreadText(uncompared)}: it is not compared`;
  if (!isOneSided) await print(diffs, unread, options);
  const failed = diffs.filter((one) => fails(one, String(options["failOn"])));
  const first = isOneSided
    ? `nothing is compared: no pod could be read in ${unseen.map((side) => `${names[side]} (${side})`).join(" and ")}`
    : errors.length > 0 && failed.length > 0
      ? `--fail-on ${String(options["failOn"])}: ${count(failed.length, "workload")}; the exit code is 2 for what could not be compared`
      : "";
  tellLeftOut({ errors, skipped: skippedByBoth(old.skipped, now.skipped), first }, options);
  if (errors.length > 0 || diffs.length === 0) return 2;
  return failed.length > 0 ? 1 : 0;
}

/** As a person named them; the working tree where only one revision was. */
function namesOf(args: readonly string[], [before, after]: readonly [Side, Side]) {
  const told = (index: number) => (args[index] === "-" ? "standard input" : (args[index] ?? ""));
  return before.revision === undefined
    ? { before: told(0), after: told(1) }
    : { before: before.revision, after: after.revision ?? "the working tree" };
}

/** No pod, and yet there may be some: in what could not be read, and in what templates become. */
function isUnseen({ pods, errors, skipped }: Manifests): boolean {
  if (pods.length > 0) return false;
  const isUnread = errors.some(({ isRefused }) => isRefused !== true);
  return isUnread || skipped.some(({ reason }) => isTemplateReason(reason));
}

interface WrongIn {
  readonly revision: string | undefined;
  readonly errors: readonly ManifestError[];
}

/** What is wrong in both revisions alike is told once; else as git writes it: `main:deploy/web.yaml`. */
function toldOnce(before: WrongIn, after: WrongIn): readonly ManifestError[] {
  const keyOf = ({ file, message, excerpt }: ManifestError) =>
    JSON.stringify([file, message, excerpt]);
  const known = new Set(before.errors.map(keyOf));
  const both = new Set(after.errors.map(keyOf).filter((key) => known.has(key)));
  const names = [...new Set([before.revision, after.revision])].join(" and ");
  function placed({ revision, errors }: WrongIn): readonly ManifestError[] {
    if (revision === undefined) return errors;
    return errors
      .filter((error) => !both.has(keyOf(error)))
      .map((error) => ({ ...error, file: `${revision}:${error.file}` }));
  }
  if (before.revision === undefined || after.revision === undefined) {
    return [...placed(before), ...placed(after)];
  }
  const common = before.errors
    .filter((error) => both.has(keyOf(error)))
    .map((error) => ({ ...error, message: `${error.message} (in ${names})` }));
  return [...common, ...placed(before), ...placed(after)];
}

const FAILING: Readonly<Record<string, readonly WorkloadDiff["verdict"][]>> = {
  more: ["more", "mixed"],
  added: ["more", "mixed", "added"],
  changed: ["more", "mixed", "added", "changed", "fewer", "removed"],
};

/** What a new workload may do that baseline forbids was not there before: that is more, too. */
function fails(one: WorkloadDiff, failOn: string): boolean {
  const verdicts = FAILING[failOn] ?? [];
  if (verdicts.includes(one.verdict)) return true;
  return verdicts.includes("more") && isAddedBeyondBaseline(one);
}

async function bothSides(
  args: readonly string[],
  options: OptionValues,
  plan: ReadPlan,
): Promise<readonly [Side, Side]> {
  const revisions = options["git"];
  if (typeof revisions === "string") {
    return gitSides(revisions, args, plan);
  }
  const [before, after, ...more] = args;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError(
      "diff compares two: secctx diff BEFORE AFTER, or --git FROM[..TO] [PATHS]",
    );
  }
  return [await readTexts([before], plan), await readTexts([after], plan)];
}

async function print(
  diffs: readonly WorkloadDiff[],
  unread: string,
  options: OptionValues,
): Promise<void> {
  const out = process.stdout;
  switch (options["output"]) {
    case "jsonl":
      for (const one of diffs) out.write(`${writeJson(one)}\n`);
      return;
    case "json":
      out.write(`${writeJson(diffs, { indent: 2 })}\n`);
      return;
    case "markdown":
      out.write(diffMarkdown(diffs, unread));
      return;
    case "yaml":
      out.write(await yamlText(diffs));
      return;
    default: {
      const columns = terminalWidth(out);
      const style = styleOf(options, out);
      out.write(diffText(diffs, { style, columns, quiet: options["quiet"] === true }));
    }
  }
}
