// `secctx check FILE`: what will refuse or warn, which Pod Security level is met, and what a person should know.
import type { CheckedPod, CheckReport, SkippedDocument } from "../../core/answers/checked.ts";
import type { PodWithSource } from "../../core/answers/fix/podFix.ts";
import { isFailure } from "../../core/answers/suppress/failOn.ts";
import { suppressionComments } from "../../core/answers/suppress/suppressionComments.ts";
import {
  type ManifestError,
  type ManifestOptions,
  type PodDocument,
  readManifest,
} from "../../core/manifest/manifest.ts";
import { accepts, areFiles, withAccepted, writeBaseline } from "../acceptedFindings.ts";
import { checkExitCode } from "../checkExitCode.ts";
import { type Fixer, fixerOf, fixesAsked } from "../checkFixes.ts";
import { CHECK_OUTPUTS, checkOutputs, type Output, writeOutputs } from "../checkOutputs.ts";
import {
  type CheckedPart,
  type CheckPlan,
  checkTexts,
  type ImagesOf,
  imagesOf,
  namespacesIn,
} from "../checkStream.ts";
import { isStream, streamed, streamForm } from "../checkStreamed.ts";
import { checkWorlds, levelOption, modeLabels } from "../checkWorlds.ts";
import type { Command, OptionValues } from "../command.ts";
import { type Config, readConfig } from "../config/config.ts";
import { exclusionOf, namingFolder, pathsToCheck, withConfig } from "../config/configured.ts";
import { failing } from "../failing.ts";
import { FILENAME_OPTION } from "../filenameWords.ts";
import type { ReadInput } from "../inputs/mended.ts";
import { readTexts, type Texts } from "../inputs/texts.ts";
import { readLimits } from "../limits.ts";
import { CONFIG_OPTIONS, RANGE_OPTIONS } from "../options.ts";
import { sayUnusedNames } from "../unusedNames.ts";
import { withImages } from "../worldImages.ts";

export const checkCommand: Command = {
  name: "check",
  summary: "what will refuse or warn, which Pod Security level is met, and what to know",
  arguments: "[file...]",
  options: [
    FILENAME_OPTION,
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
    ...CONFIG_OPTIONS,
    { flags: "--baseline <file>", description: "findings listed there do not count" },
    { flags: "--write-baseline <file>", description: "list the findings there, and exit with 0" },
    {
      flags: "--fixes",
      description:
        "findings carry the edits that mend them, for programs (json, jsonl, yaml; sarif always has them)",
    },
    {
      flags: "--allow-none",
      description: "files without any pod, and named templates, are no error",
    },
    {
      flags: "--resolve-images",
      description:
        "ask this machine's stores and the registries for the users of images that nobody told (skopeo)",
    },
    ...RANGE_OPTIONS,
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
  const paths = pathsToCheck(args, config);
  const { maxBytes } = readLimits(options);
  const texts = await readTexts(paths, {
    command: "check",
    maxBytes,
    exclusion: await exclusionOf(config),
    skipsTemplates: options["allowNone"] === true,
  });
  const { inputs } = texts;
  const comments = inputs.flatMap(({ file, text }) => suppressionComments(text, file));
  const plan = await planOf(texts, { config, options, outputs });
  const accepting = { config, comments };
  const isAccepting = accepts(accepting, options);
  const isPlain =
    !isAccepting && options["writeBaseline"] === undefined && options["fixes"] !== true;
  if (isPlain && isStream(outputs, inputs)) {
    const code = await streamed(texts, plan, { fails, options });
    if (code !== undefined) return code;
  }
  const fixer = fixerOf(fixesAsked(outputs, inputs, options), plan.level);
  // No edit touches what is accepted, which is known only when all is checked.
  const found = collect(checkTexts(inputs, plan), texts, isAccepting ? undefined : fixer);
  const { images, sources } = found;
  const isPartial = areFiles(args);
  const accepted = await withAccepted(found.report, options, { ...accepting, images, isPartial });
  const isNoneAllowed = options["allowNone"] === true;
  const pods = isAccepting ? fixedBeside(accepted.pods, sources, fixer) : accepted.pods;
  const report = { ...accepted, isNoneAllowed, pods, untoldFixes: fixer.untold };
  await writeOutputs(report, outputs, options, fails);
  const { errors } = report;
  writeBaseline(report, config, options);
  const hasFailed = options["writeBaseline"] === undefined && isFailure(report, fails);
  return checkExitCode({ pods: pods.length, errors: errors.length, hasFailed }, options);
}

interface Collected {
  readonly report: CheckReport;
  readonly images: ReadonlyMap<CheckedPod, ImagesOf>;
  /** Of each document, where its edits are made later. */
  readonly sources: readonly (readonly PodWithSource[])[];
}

function collect(parts: Iterable<CheckedPart>, texts: Texts, fixer: Fixer | undefined): Collected {
  const sources: (readonly PodWithSource[])[] = [];
  const images = new Map<CheckedPod, ImagesOf>();
  const errors: ManifestError[] = [...texts.errors];
  const skipped: SkippedDocument[] = [...texts.skipped];
  const { files } = texts;
  for (const part of parts) {
    errors.push(...part.errors);
    skipped.push(...part.skipped);
    if (fixer === undefined) sources.push(part.pods);
    const pods = fixer?.fix(part.pods) ?? part.pods.map(({ pod }) => pod);
    for (const [index, pod] of pods.entries()) {
      images.set(pod, imagesOf(part.pods[index]?.document));
    }
  }
  const pods = [...images.keys()];
  return { report: { pods, errors, skipped, files, unusedSuppressions: [] }, images, sources };
}

/** @param pods in the order of their sources */
function fixedBeside(
  pods: readonly CheckedPod[],
  sources: Collected["sources"],
  fixer: Fixer,
): CheckedPod[] {
  let at = 0;
  return sources.flatMap((part) => {
    const accepted = part.map((one) => {
      const pod = pods[at] ?? one.pod;
      at += 1;
      return { ...one, pod };
    });
    return fixer.fix(accepted);
  });
}

interface Asked {
  readonly config: Config | undefined;
  readonly options: OptionValues;
  readonly outputs: readonly Output[];
}

/** What has to be known before the first pod is looked at. */
async function planOf({ inputs }: Texts, { config, options, outputs }: Asked): Promise<CheckPlan> {
  const [first, ...others] = checkWorlds(options);
  const manifest = readLimits(options);
  sayUnusedNames(options, () => podsOf(inputs, manifest));
  const told = await withImages(first, () => podsOf(inputs, manifest), options);
  return {
    folder: namingFolder(config, options),
    worlds: [told, ...others.map(({ kubernetes }) => ({ ...told, kubernetes }))],
    level: levelOption(options),
    labels: modeLabels(options),
    namespaces: namespacesIn(inputs, manifest),
    excerpts: outputs.some(({ form }) => form === "text" || form === "html"),
    manifest,
    form: streamForm(outputs, options),
  };
}

function podsOf(inputs: readonly ReadInput[], manifest: ManifestOptions): PodDocument[] {
  return inputs.flatMap(({ file, text }) => readManifest(text, file, manifest).pods);
}
