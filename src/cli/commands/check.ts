// `secctx check FILE`: what will refuse or warn, which Pod Security level is met, and what a person should know.
import { checkPodDocument } from "../../core/answers/check.ts";
import type { CheckedPod, CheckReport } from "../../core/answers/checked.ts";
import { isFailure } from "../../core/answers/suppress/failOn.ts";
import type { PodDocument } from "../../core/manifest/manifest.ts";
import type { World } from "../../core/model/world.ts";
import { withAccepted, writeBaseline } from "../acceptedFindings.ts";
import { CHECK_OUTPUTS, checkOutputs, writeOutputs } from "../checkOutputs.ts";
import { checkWorlds, levelOption, modeLabels } from "../checkWorlds.ts";
import type { Command, OptionValues } from "../command.ts";
import { readConfig } from "../config/config.ts";
import { exclusionOf, pathsToCheck, withConfig } from "../config/configured.ts";
import { failing } from "../failing.ts";
import { readManifests } from "../manifests.ts";
import { withNamespace } from "../namespaces.ts";
import { COMMON_OPTIONS } from "../options.ts";
import { withImages } from "../worldImages.ts";

export const checkCommand: Command = {
  name: "check",
  summary: "what will refuse or warn, which Pod Security level is met, and what to know",
  arguments: "[file...]",
  options: [
    {
      flags: "-o, --output <form>",
      description: `${CHECK_OUTPUTS.join(", ")}; FORM=FILE writes a file, so that several can be had at once (default: text)`,
      values: CHECK_OUTPUTS,
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
      flags: "--fail-on <what>",
      description:
        "exit with 1 for: refusal, warning, note (that and worse), a finding's id, or never (default: warning)",
      values: ["refusal", "warning", "note", "never"],
      repeatable: true,
    },
    {
      flags: "--config <file>",
      description: "the configuration (default: secctx.yaml, here or in a folder above)",
    },
    { flags: "--no-config", description: "no configuration" },
    { flags: "--baseline <file>", description: "findings listed there do not count" },
    { flags: "--write-baseline <file>", description: "list the findings there, and exit with 0" },
    {
      flags: "--resolve-images",
      description:
        "ask this machine's stores and the registries for the users of images that nobody told (skopeo)",
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
async function run(args: readonly string[], given: OptionValues): Promise<number> {
  const outputs = checkOutputs(given);
  const config = await readConfig(given);
  const options = withConfig(given, config);
  const fails = await failing(options);
  const level = levelOption(options);
  const [first, ...others] = checkWorlds(options);
  const { pods, errors, objects, comments, skippedDocuments, files } = await readManifests(
    pathsToCheck(args, config),
    options,
    await exclusionOf(config),
  );
  const told = await withImages(first, pods, options);
  const labels = modeLabels(options);
  const documentOf = new Map<CheckedPod, PodDocument>();
  for (const pod of pods) {
    const worlds = worldsOf(pod, [
      told,
      ...others.map(({ kubernetes }) => ({ ...told, kubernetes })),
    ]);
    documentOf.set(checkPodDocument(pod, worlds, level === undefined ? {} : { level }), pod);
  }
  function worldsOf(pod: PodDocument, all: [World, ...World[]]): [World, ...World[]] {
    const placed = (world: World) => labelled(withNamespace(world, pod, objects), labels);
    const [oldest, ...rest] = all;
    return [placed(oldest), ...rest.map(placed)];
  }
  const found: CheckReport = {
    ...{ pods: [...documentOf.keys()], errors, skipped: skippedDocuments, files },
    unusedSuppressions: [],
  };
  const report = await withAccepted(found, options, { config, comments, documentOf });
  await writeOutputs(report, outputs, options);
  if (errors.length === 0) writeBaseline(report, options);
  if (errors.length > 0 || pods.length === 0) return 2;
  return options["writeBaseline"] === undefined && isFailure(report, fails) ? 1 : 0;
}

function labelled(world: World, labels: Readonly<Record<string, string>>): World {
  const namespace = { ...world.namespace, labels: { ...world.namespace.labels, ...labels } };
  return { ...world, namespace };
}
