// `secctx ps`: the pods that run in the background, and those that have ended there.
import { type FoundPod, listPods } from "../../lifecycle/detachedPods.ts";
import { humanDuration } from "../../lifecycle/statusLine.ts";
import { tableText } from "../../report/watchText.ts";
import type { Command, OptionValues } from "../command.ts";

export const psCommand: Command = {
  name: "ps",
  summary: "list the pods started with run --detach",
  arguments: "",
  options: [
    {
      flags: "-o, --output <form>",
      description: "table, or json: one object per pod",
      choices: ["text", "json"],
      default: "text",
    },
    { flags: "-q, --quiet", description: "only their ids" },
  ],
  examples: ["sudo secctx ps"],
  run,
};

const HEAD = ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "ID"];

async function run(_args: readonly string[], options: OptionValues): Promise<number> {
  const pods = listPods();
  if (options["quiet"] === true) {
    for (const { id } of pods) console.log(id);
  } else if (options["output"] === "json") {
    for (const { exec: _, ...pod } of pods) console.log(JSON.stringify(pod));
  } else if (pods.length === 0) {
    console.error("secctx: no pod runs in the background: run --detach starts one");
  } else process.stdout.write(tableText(HEAD, pods.map(rowOf)));
  return 0;
}

function rowOf(pod: FoundPod): string[] {
  const { id, name, namespace, line, startTime } = pod;
  const age = humanDuration(Date.now() - Date.parse(startTime));
  return [namespace, name, line.ready, statusOf(pod), line.restarts, age, id];
}

/** Lost: its secctx was killed, and the pod with it. */
function statusOf({ isRunning, phase, line }: FoundPod): string {
  return isRunning || phase === "Succeeded" || phase === "Failed" ? line.status : "Lost";
}
