// `secctx fix FILE`: the smallest edits that bring pods to a level, as a diff or in place.
import { fixManifest } from "../../core/answers/fix/fixManifest.ts";
import type { FixedManifest, FixOptions } from "../../core/answers/fix.ts";
import type { PodDocument } from "../../core/manifest/manifest.ts";
import { isJsonObject } from "../../core/model/json.ts";
import type { World } from "../../core/model/world.ts";
import { acceptedByFix } from "../acceptedByFix.ts";
import { askUsers } from "../askUsers.ts";
import { checkWorlds, levelOption } from "../checkWorlds.ts";
import type { Command, OptionValues } from "../command.ts";
import { type Config, readConfig } from "../config/config.ts";
import { exclusionOf, pathsToCheck, withConfig } from "../config/configured.ts";
import { UsageError } from "../errors.ts";
import { FILENAME_OPTION } from "../filenameWords.ts";
import { printFixed, writeFixed } from "../fixOutput.ts";
import { readTexts } from "../inputs/texts.ts";
import { readLimits } from "../limits.ts";
import { withNamespace } from "../namespaces.ts";
import { CONFIG_OPTIONS, RANGE_OPTIONS } from "../options.ts";
import { runAsUserOption } from "../runAsUserOption.ts";
import { type TextToFix, textsToFix, unreadManifests } from "../textsToFix.ts";
import { sayUnusedNames } from "../unusedNames.ts";
import { withImages } from "../worldImages.ts";

export const fixCommand: Command = {
  name: "fix",
  summary: "the smallest edits that bring pods to a Pod Security level, as a diff or in place",
  arguments: "[file...]",
  options: [
    FILENAME_OPTION,
    { flags: "-w, --write", description: "edit the files; without it only the diff is printed" },
    {
      flags: "--diff",
      description: "print the diff, also with --write and for standard input",
    },
    {
      flags: "-o, --output <form>",
      description: "text for people, or the edits with their ranges",
      choices: ["text", "json"],
      default: "text",
    },
    {
      flags: "--level <level>",
      description:
        "the Pod Security level to reach (default: what the namespace enforces, else restricted)",
      choices: ["privileged", "baseline", "restricted"],
    },
    {
      flags: "--run-as-user <uid>",
      description:
        "the uid for containers that would be root: UID, CONTAINER=UID or IMAGE=UID; a terminal is asked",
      repeatable: true,
    },
    {
      flags: "--add-only",
      description: "add what is missing and take nothing away, even if the level is not reached",
    },
    ...CONFIG_OPTIONS,
    { flags: "--baseline <file>", description: "findings listed there are accepted" },
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
    "secctx fix deploy.yaml                            # prints the diff",
    "secctx fix manifests/ --write --level baseline",
    "secctx fix deploy.yaml --run-as-user app=1000 | git apply",
    "helm template chart | secctx fix - > fixed.yaml",
  ],
  notes: `A pod is brought to the level as a whole or not at all. What its author wrote and the level forbids (privileged, \
host namespaces, added capabilities …) is taken away only where the pod then reaches the level; each such edit is told.
What only a person can decide is left, with the reason: which uid a root program can run as, what takes the place of a \
hostPath volume. What a comment (# secctx-ignore ID: REASON), secctx.yaml or the baseline accepts stays as it is.
Capability names and replaced annotations are corrected in any case, and misspelled fields where that takes privileges \
away; other fields that the API server drops stay, and are told.
An added capability name that the runtime ignored as it was written is made to work only where the level lists it, and \
that is told.
The diff names files from the working directory, those outside it from the root: patch -p1 -d / applies it.
--write keeps owner and mode of a file; one that is read-only (mode 444) is not written, not even by root.
Exit codes: 0 all pods reach the level, 1 something is left, 2 something could not be read or written.`,
  run,
};

async function run(args: readonly string[], given: OptionValues): Promise<number> {
  const config = await readConfig(given);
  const options = withConfig(given, config);
  const isFilter = args.includes("-");
  if (isFilter && args.length > 1)
    throw new UsageError("- stands alone: its answer goes to standard output");
  if (isFilter && options["write"] === true)
    throw new UsageError("standard input cannot be written to");
  const limits = readLimits(options);
  const paths = pathsToCheck(args, config);
  const read = await readTexts(paths, {
    command: "fix",
    maxBytes: limits.maxBytes,
    exclusion: await exclusionOf(config),
    skipsTemplates: options["allowNone"] === true,
  });
  const level = levelOption(options);
  const told: FixOptions = {
    ...limits,
    ...(level === undefined ? {} : { level }),
    ...(options["addOnly"] === true ? { addOnly: true } : {}),
    runAsUser: runAsUserOption(options),
  };
  const texts = textsToFix(read, limits);
  const manifests = await fixAll(texts, told, options, config);
  const writeErrors = options["write"] === true ? writeFixed(texts, manifests) : [];
  const skipped = [...read.skipped, ...texts.flatMap((text) => text.skipped)];
  printFixed(texts, [...manifests, ...unreadManifests(read)], {
    options,
    writeErrors,
    files: read.files,
    skipped,
  });
  for (const message of writeErrors) console.error(`secctx: ${message}`);
  const failed = read.errors.length + writeErrors.length > 0;
  return failed ? 2 : exitCode(manifests, options["allowNone"] === true);
}

async function fixAll(
  texts: readonly TextToFix[],
  told: FixOptions,
  options: OptionValues,
  config: Config | undefined,
): Promise<FixedManifest[]> {
  const objects = texts.flatMap(({ manifest }) =>
    manifest.skipped.map(({ object }) => object).filter(isJsonObject),
  );
  const pods = texts.flatMap(({ manifest }) => manifest.pods);
  const asked = checkWorlds(options);
  sayUnusedNames(options, () => pods);
  const newest = asked.at(-1) ?? asked[0];
  const world = await withImages(newest, pods, options);
  const versions = asked.map(({ kubernetes }) => kubernetes);
  const worldOf = (pod: PodDocument) => withNamespace(world, pod, objects);
  const worldsOf = (pod: PodDocument): [World, ...World[]] => {
    const [first, ...others] = asked;
    const own = worldOf(pod);
    const at = ({ kubernetes }: World): World => ({ ...own, kubernetes });
    return [at(first), ...others.map(at)];
  };
  const pending = { inputs: texts, pods, worldsOf, level: told.level };
  const acceptedOf = await acceptedByFix(pending, options, config);
  const others = versions.filter((version) => version !== newest.kubernetes).toReversed();
  const all = (fixing: FixOptions) =>
    texts.map((text) => fixManifest({ ...text, worldOf, versions: others, acceptedOf }, fixing));
  const manifests = all(told);
  if (!mayAsk(options)) return manifests;
  const answers = await askUsers(manifests, { input: process.stdin, output: process.stderr });
  if (Object.keys(answers).length === 0) return manifests;
  return all({
    ...told,
    runAsUser: { ...told.runAsUser, of: { ...told.runAsUser?.of, ...answers } },
  });
}

function mayAsk(options: OptionValues): boolean {
  const terminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  return (
    terminal &&
    options["quiet"] !== true &&
    options["output"] === "text" &&
    options["addOnly"] !== true
  );
}

function exitCode(manifests: readonly FixedManifest[], mayBeNone: boolean): number {
  const pods = manifests.flatMap((manifest) => manifest.pods);
  if (manifests.some(({ errors }) => errors.length > 0)) return 2;
  if (pods.length === 0) return mayBeNone ? 0 : 2;
  return pods.every(({ met }) => met) ? 0 : 1;
}
