// `secctx init`: a first secctx.yaml from what lies here; asks where somebody can answer, and never overwrites silently.
import { existsSync } from "node:fs";
import { checkPodDocument } from "../../core/answers/check.ts";
import {
  configText,
  type FirstConfig,
  levelsMet,
  proposeConfig,
  type Seen,
} from "../../core/answers/firstConfig.ts";
import { composeWorld } from "../../core/rules/world.ts";
import { count } from "../../report/count.ts";
import { skippedText, unreadText } from "../../report/restText.ts";
import type { Command, OptionValues } from "../command.ts";
import { CONFIG_NAME } from "../config/config.ts";
import { UsageError } from "../errors.ts";
import { readManifests } from "../manifests.ts";
import { withNamespace } from "../namespaces.ts";
import { writeWhole } from "../replaceFile.ts";

/** Nobody keeps manifests of their own in them. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|\.[^/]+)\//;

export const initCommand: Command = {
  name: "init",
  summary: `writes a first ${CONFIG_NAME} from what it sees`,
  arguments: "[file...]",
  options: [
    { flags: "-y, --yes", description: "ask nothing, take what is proposed" },
    { flags: "--force", description: `overwrite ${CONFIG_NAME}` },
    { flags: "--print", description: "print it instead of writing it" },
  ],
  examples: ["secctx init", "secctx init deploy/ --yes", "secctx init --print"],
  run,
};

/** 0 when it is written or printed, 1 when the person gave up, 2 when it exists already or there is no pod. */
async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const isPrinted = options["print"] === true;
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const asks = isTerminal && options["yes"] !== true && !isPrinted;
  const isThere = existsSync(CONFIG_NAME) && options["force"] !== true && !isPrinted;
  if (isThere && !asks) {
    throw new UsageError(`${CONFIG_NAME} exists: --force overwrites it, --print shows another`);
  }
  const seen = await look(args.length === 0 ? ["."] : args);
  console.error(seenText(seen));
  const proposed = proposeConfig(seen);
  const config = asks
    ? await (await import("../initQuestions.ts")).askConfig(proposed, seen, isThere)
    : proposed;
  if (config === undefined) return 1;
  const text = configText(config);
  if (isPrinted) process.stdout.write(text);
  else {
    writeWhole(CONFIG_NAME, text);
    for (const file of config.exclude) {
      console.error(`secctx: ${file} cannot be read: it is excluded, and check does not report it`);
    }
    console.error(`secctx: ${CONFIG_NAME} is written${nextText(config)}`);
  }
  return 0;
}

async function look(paths: readonly string[]): Promise<Seen> {
  const { pods, errors, skipped, objects } = await readManifests(
    paths,
    {},
    {
      command: "init",
      exclusion: { isExcluded: (file) => FOREIGN.test(file), by: "secctx init" },
    },
  );
  if (pods.length === 0) {
    const left = [skippedText(skipped), unreadText(errors)].filter((text) => text !== "");
    throw new UsageError(
      `there is no pod in ${paths.join(", ")}${left.length === 0 ? "" : ` (${left.join("; ")})`}`,
    );
  }
  const world = composeWorld({});
  // A file of which some documents can be read is to be mended, not left out.
  const readable = new Set(pods.map(({ file }) => file));
  const unreadable = errors.map(({ file }) => file).filter((file) => !readable.has(file));
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  return {
    pods: pods.map((pod) => {
      const { podSecurity, workload } = checkPodDocument(pod, [withNamespace(world, pod, objects)]);
      return { file: pod.file, namespace: workload.namespace, highest: podSecurity.highest };
    }),
    unreadable,
    namespaces,
    newest: world.kubernetes,
  };
}

function seenText(seen: Seen): string {
  const files = new Set(seen.pods.map(({ file }) => file)).size;
  const namespaces = [...new Set(seen.pods.map(({ namespace }) => namespace))].sort();
  const levels = levelsMet(seen).filter(([, number]) => number > 0);
  return `secctx: ${count(seen.pods.length, "pod")} in ${count(files, "file")}, of ${namespaces.length === 1 ? "namespace" : "namespaces"} ${namespaces.join(", ")}; levels met: ${levels.map(([level, number]) => `${number} ${level}`).join(", ")}`;
}

function nextText({ baseline }: FirstConfig): string {
  return baseline === undefined
    ? "; next: secctx check"
    : `; next: secctx check --write-baseline ${baseline}, then secctx check`;
}
