// `secctx diff A B`: what privilege each workload gains or loses between two manifests, folders or git revisions.
import { diff, type WorkloadDiff } from "../../core/answers/diff.ts";
import {
  type ManifestError,
  type PodDocument,
  readManifest,
} from "../../core/manifest/manifest.ts";
import { writeJson } from "../../core/rules/json.ts";
import { diffMarkdown } from "../../report/diff/markdown.ts";
import { diffText } from "../../report/diff/text.ts";
import { manifestErrorText } from "../../report/manifestError.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { gitInputs } from "../gitFiles.ts";
import { type Input, readInputs } from "../inputs.ts";
import { COMMON_OPTIONS, styleOf, worldOf } from "../options.ts";

export const diffCommand: Command = {
  name: "diff",
  summary: "what privilege each workload gains or loses between two manifests or git revisions",
  arguments: "[paths...]",
  options: [
    {
      flags: "-o, --output <form>",
      description: "text for people, markdown for a pull request, or one answer per workload",
      choices: ["text", "markdown", "json", "jsonl", "yaml"],
      default: "text",
    },
    {
      flags: "--git <revisions>",
      description: "compare two revisions: main..HEAD; main alone means main..HEAD",
    },
    {
      flags: "--fail-on <verdict>",
      description: "exit with 1 when a workload has this",
      choices: ["more", "added", "changed", "never"],
      default: "more",
    },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "secctx diff old.yaml new.yaml",
    "secctx diff --git origin/main..HEAD deploy/ -o markdown",
    "helm template chart | secctx diff deployed.yaml -",
  ],
  run,
};

/** 0 when nothing gains a privilege, 1 when something does, 2 when a text could not be read. */
async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const [before, after] = await bothSides(args, options);
  const podPaths = Array.isArray(options["podPath"]) ? (options["podPath"] as string[]) : [];
  const errors: ManifestError[] = [];
  const [old, now] = [before, after].map((inputs) =>
    inputs.flatMap(({ file, text }): readonly PodDocument[] => {
      const manifest = readManifest(text, file, { podPaths });
      errors.push(...manifest.errors);
      return manifest.pods;
    }),
  );
  const diffs = diff(old ?? [], now ?? [], worldOf(options));
  await print(diffs, options);
  const style = styleOf(options, process.stderr);
  for (const error of errors) process.stderr.write(manifestErrorText(error, style));
  if (errors.length > 0 || diffs.length === 0) return 2;
  return diffs.some(({ verdict }) => fails(verdict, String(options["failOn"]))) ? 1 : 0;
}

const FAILING: Readonly<Record<string, readonly WorkloadDiff["verdict"][]>> = {
  more: ["more", "mixed"],
  added: ["more", "mixed", "added"],
  changed: ["more", "mixed", "added", "changed", "fewer", "removed"],
};

function fails(verdict: WorkloadDiff["verdict"], failOn: string): boolean {
  return FAILING[failOn]?.includes(verdict) === true;
}

async function bothSides(
  args: readonly string[],
  options: OptionValues,
): Promise<[readonly Input[], readonly Input[]]> {
  const revisions = options["git"];
  if (typeof revisions === "string") {
    const [from = "", to = ""] = revisions.split(/\.{2,3}/);
    return [gitInputs(from === "" ? "HEAD" : from, args), gitInputs(to === "" ? "HEAD" : to, args)];
  }
  const [before, after, ...more] = args;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError("diff compares two: secctx diff BEFORE AFTER, or --git FROM..TO [PATHS]");
  }
  return [await readInputs([before]), await readInputs([after])];
}

async function print(diffs: readonly WorkloadDiff[], options: OptionValues): Promise<void> {
  const out = process.stdout;
  switch (options["output"]) {
    case "jsonl":
      for (const one of diffs) out.write(`${writeJson(one)}\n`);
      return;
    case "json":
      out.write(`${writeJson(diffs, { indent: 2 })}\n`);
      return;
    case "markdown":
      out.write(diffMarkdown(diffs));
      return;
    case "yaml": {
      const { stringify } = await import("yaml");
      for (const one of diffs)
        out.write(`---\n${stringify(one, { aliasDuplicateObjects: false })}`);
      return;
    }
    default: {
      const columns = out.columns ?? Number(process.env["COLUMNS"] ?? 80);
      const style = styleOf(options, out);
      out.write(diffText(diffs, { style, columns, quiet: options["quiet"] === true }));
    }
  }
}
