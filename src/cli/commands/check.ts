// `secctx check FILE`: what will refuse or warn, which Pod Security level is met, and what a person should know.
import { checkPodDocument } from "../../core/answers/check.ts";
import type { CheckReport } from "../../core/answers/checked.ts";
import type { PodDocument } from "../../core/manifest/manifest.ts";
import type { Severity } from "../../core/model/finding.ts";
import type { World } from "../../core/model/world.ts";
import { CHECK_OUTPUTS, checkOutputs, writeOutputs } from "../checkOutputs.ts";
import { checkWorlds, levelOption, modeLabels } from "../checkWorlds.ts";
import type { Command, OptionValues } from "../command.ts";
import { readManifests } from "../manifests.ts";
import { withNamespace } from "../namespaces.ts";
import { COMMON_OPTIONS } from "../options.ts";
import { withImages } from "../worldImages.ts";

export const checkCommand: Command = {
  name: "check",
  summary: "what will refuse or warn, which Pod Security level is met, and what to know",
  arguments: "<file...>",
  options: [
    {
      flags: "-o, --output <form>",
      description: `${CHECK_OUTPUTS.join(", ")}; FORM=FILE writes a file, so that several can be had at once (default: text)`,
      repeatable: true,
    },
    {
      flags: "--level <level>",
      description:
        "the Pod Security level to reach (default: what the namespace enforces, else restricted)",
      choices: ["privileged", "baseline", "restricted"],
    },
    {
      flags: "--enforce <level>",
      description: "as the namespace's label: restricted, or restricted:v1.30",
    },
    { flags: "--warn <level>", description: "as the namespace's label" },
    { flags: "--audit <level>", description: "as the namespace's label" },
    {
      flags: "--fail-on <severity>",
      description: "exit with 1 from this severity on",
      choices: ["refusal", "warning", "note", "never"],
      default: "warning",
    },
    ...COMMON_OPTIONS.map((option) =>
      option.flags.startsWith("--kubernetes ")
        ? {
            flags: "--kubernetes <versions>",
            description: "Kubernetes minor, or a range: 1.33..1.37 (default: the newest known)",
          }
        : option,
    ),
  ],
  examples: [
    "secctx check manifests/",
    "helm template chart | secctx check -",
    "secctx check pod.yaml --level baseline",
    "secctx check deploy/ --kubernetes 1.33..1.37 -o jsonl",
  ],
  run,
};

/** 0 when nothing is found that counts, 1 when something is, 2 when a text could not be read or nothing was checked. */
async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const outputs = checkOutputs(options);
  const level = levelOption(options);
  const [first, ...others] = checkWorlds(options);
  const { pods, errors, objects, skippedDocuments, files } = await readManifests(args, options);
  const told = await withImages(first, pods, options);
  const labels = modeLabels(options);
  const checked = pods.map((pod) => {
    const worlds = worldsOf(pod, [
      told,
      ...others.map(({ kubernetes }) => ({ ...told, kubernetes })),
    ]);
    return checkPodDocument(pod, worlds, level === undefined ? {} : { level });
  });
  function worldsOf(pod: PodDocument, all: [World, ...World[]]): [World, ...World[]] {
    const placed = (world: World) => labelled(withNamespace(world, pod, objects), labels);
    const [oldest, ...rest] = all;
    return [placed(oldest), ...rest.map(placed)];
  }
  const report: CheckReport = {
    ...{ pods: checked, errors, skipped: skippedDocuments, files },
    unusedSuppressions: [],
  };
  await writeOutputs(report, outputs, options);
  return exitCode(report, String(options["failOn"]));
}

function labelled(world: World, labels: Readonly<Record<string, string>>): World {
  const namespace = { ...world.namespace, labels: { ...world.namespace.labels, ...labels } };
  return { ...world, namespace };
}

const COUNTED: Readonly<Record<string, readonly Severity[]>> = {
  refusal: ["refusal"],
  warning: ["refusal", "warning"],
  note: ["refusal", "warning", "note"],
};

function exitCode({ pods, errors }: CheckReport, failOn: string): number {
  if (errors.length > 0 || pods.length === 0) return 2;
  const counted = COUNTED[failOn] ?? [];
  const fails = pods.some(({ findings }) =>
    findings.some(
      ({ severity, suppressed }) => suppressed === undefined && counted.includes(severity),
    ),
  );
  return fails ? 1 : 0;
}
