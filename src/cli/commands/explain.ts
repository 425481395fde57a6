// `secctx explain FILE`: what each container will really have, and where every value comes from.
import { type ExplainLine, explain } from "../../core/answers/explain.ts";
import { onItsNode } from "../../core/answers/judge.ts";
import { walk } from "../../core/journey.ts";
import type { PodDocument } from "../../core/manifest/manifest.ts";
import type { World } from "../../core/model/world.ts";
import { writeJson } from "../../core/rules/json.ts";
import { count } from "../../report/count.ts";
import { explainText } from "../../report/explainText.ts";
import { skippedText } from "../../report/restText.ts";
import type { Command, OptionValues } from "../command.ts";
import { readConfig } from "../config/config.ts";
import { withConfiguredWorld } from "../config/configured.ts";
import { UsageError } from "../errors.ts";
import { FILENAME_OPTION } from "../filenameWords.ts";
import { readManifests } from "../manifests.ts";
import { withNamespace } from "../namespaces.ts";
import { COMMON_OPTIONS, CONFIG_OPTIONS, styleOf, worldOf } from "../options.ts";
import { tellLeftOut } from "../rest.ts";
import { terminalWidth } from "../terminalWidth.ts";
import { sayUnusedNames } from "../unusedNames.ts";
import { withImages } from "../worldImages.ts";
import { yamlText } from "../yamlText.ts";

const DOCUMENTS = ["cri", "docker", "oci", "status", "apiserver"] as const;

export const explainCommand: Command = {
  name: "explain",
  summary: "what each container will really have, and where every value comes from",
  arguments: "[file...]",
  options: [
    FILENAME_OPTION,
    {
      flags: "-o, --output <form>",
      description: "text for people, or the documents of every stage",
      choices: ["text", "json", "jsonl", "yaml"],
      default: "text",
    },
    {
      flags: "--show <document>",
      description: `also print documents of a stage: ${DOCUMENTS.join(", ")}`,
      choices: DOCUMENTS,
      repeatable: true,
    },
    { flags: "-c, --container <name>", description: "only this container", repeatable: true },
    { flags: "--all-stages", description: "walk on behind a refusal" },
    ...CONFIG_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  examples: [
    "secctx explain pod.yaml",
    "helm template chart | secctx explain -",
    "secctx explain pod.yaml --runtime containerd@1.6 --show oci",
    "secctx explain manifests/ -o jsonl | jq .podSecurity.highest",
  ],
  run,
};

/** 0 when every pod is accepted by every stage, 1 when one is refused somewhere, 2 when a text could not be read. */
async function run(args: readonly string[], given: OptionValues): Promise<number> {
  const options = withConfiguredWorld(given, await readConfig(given));
  const style = styleOf(options, process.stdout);
  const { pods, errors, skipped, objects, files } = await readManifests(args, options, {
    command: "explain",
  });
  sayUnusedNames(options, () => pods);
  const world = await withImages(worldOf(options), pods, options);
  // Which node it is may be told; else the pod goes where it says that it belongs, as in check.
  const placed = (pod: PodDocument): World => {
    const own = withNamespace(world, pod, objects);
    return world.node.os === undefined ? onItsNode(pod, own) : own;
  };
  const lines = pods.map((pod) =>
    explain(
      walk(pod, placed(pod), {
        trace: true,
        allStages: options["allStages"] === true,
      }),
    ),
  );
  const containers = list(options["container"]);
  for (const name of containers) {
    if (lines.some((line) => line.settings.some(({ container }) => container === name))) continue;
    throw new UsageError(`there is no container ${name} in these pods`);
  }
  const output = options["output"];
  if (output === "text") {
    const terminal = {
      style,
      columns: terminalWidth(process.stdout),
    };
    const shown = { containers, documents: list(options["show"]) };
    process.stdout.write(lines.map((line) => explainText(line, terminal, shown)).join("\n"));
  } else await printDocuments(lines, String(output));
  const isPlain = skipped.length + errors.length === 0 && pods.length > 0;
  const first = `${count(pods.length, "pod")} in ${count(files, "file")}`;
  if (!isPlain) tellLeftOut({ errors, skipped: [skippedText(skipped)], first }, options);
  if (errors.length > 0 || pods.length === 0) return 2;
  return lines.some(isRefused) ? 1 : 0;
}

function isRefused(line: ExplainLine): boolean {
  return line.findings.some((finding) => finding.severity === "refusal");
}

async function printDocuments(lines: readonly ExplainLine[], form: string): Promise<void> {
  if (form === "jsonl") {
    for (const line of lines) process.stdout.write(`${writeJson(line)}\n`);
    return;
  }
  const whole = lines.length === 1 ? lines[0] : lines;
  if (form === "json") {
    process.stdout.write(`${writeJson(whole, { indent: 2 })}\n`);
    return;
  }
  process.stdout.write(await yamlText(lines));
}

function list(value: OptionValues[string]): readonly string[] {
  return Array.isArray(value) ? value : [];
}
