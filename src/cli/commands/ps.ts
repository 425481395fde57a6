// `secctx ps`: the pods that run in the background, and those that have ended there.
import { writeJson } from "../../core/rules/json.ts";
import { type FoundPod, listPods, ofOthers } from "../../lifecycle/detachedPods.ts";
import type { Command, OptionValues } from "../command.ts";
import { NAMESPACE_OPTION, namespaceOf } from "../podOptions.ts";
import { psTable } from "../psTable.ts";
import { shownPod } from "../shownPod.ts";
import { kubectlYaml } from "../yamlText.ts";

export const psCommand: Command = {
  name: "ps",
  summary: "list the pods started with run --detach",
  arguments: "",
  options: [
    {
      flags: "-o, --output <form>",
      description:
        "a table; wide, name, json and yaml: as kubectl get pods prints them; jsonl: what secctx has written of each pod",
      choices: ["text", "wide", "name", "json", "yaml", "jsonl"],
      default: "text",
    },
    NAMESPACE_OPTION,
    { flags: "-A, --all-namespaces", description: "of all namespaces (the default)" },
    { flags: "-q, --quiet", description: "only their ids" },
  ],
  examples: ["sudo secctx ps", "sudo secctx ps -n shop -o wide"],
  run,
};

async function run(_args: readonly string[], options: OptionValues): Promise<number> {
  const namespace = namespaceOf(options);
  const pods = listPods().filter((pod) => namespace === undefined || pod.namespace === namespace);
  if (options["quiet"] === true) {
    for (const { id } of pods) console.log(id);
    return 0;
  }
  const text = await textOf(pods, String(options["output"]), namespace !== undefined);
  if (text !== undefined) process.stdout.write(text);
  else {
    const where = namespace === undefined ? "" : ` in namespace ${namespace}`;
    console.error(
      `secctx: no pod runs in the background${where}: run --detach starts one${ofOthers()}`,
    );
  }
  return 0;
}

/** undefined: a table of nothing. */
async function textOf(
  pods: readonly FoundPod[],
  form: string,
  ofOne: boolean,
): Promise<string | undefined> {
  if (form === "json") return `${writeJson(listOf(pods), { indent: 4 })}\n`;
  if (form === "yaml") return kubectlYaml(listOf(pods));
  if (form === "jsonl") {
    return pods.map(({ exec: _, ...pod }) => `${JSON.stringify(pod)}\n`).join("");
  }
  if (form === "name") return pods.map(({ name }) => `pod/${name}\n`).join("");
  if (pods.length === 0) return undefined;
  // Programs that read it get everything.
  const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
  return psTable(pods, Date.now(), { ofOne, wide: form === "wide", columns });
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/get/get.go printGeneric */
function listOf(pods: readonly FoundPod[]): object {
  const items = pods.map(shownPod);
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}
