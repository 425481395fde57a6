// `secctx ps`: the pods that run in the background, and those that have ended there.
import { listPods, ofOthers } from "../../lifecycle/detachedPods.ts";
import type { Command, OptionValues } from "../command.ts";
import { psTable } from "../psTable.ts";

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

async function run(_args: readonly string[], options: OptionValues): Promise<number> {
  const pods = listPods();
  if (options["quiet"] === true) {
    for (const { id } of pods) console.log(id);
  } else if (options["output"] === "json") {
    for (const { exec: _, ...pod } of pods) console.log(JSON.stringify(pod));
  } else if (pods.length === 0) {
    console.error(`secctx: no pod runs in the background: run --detach starts one${ofOthers()}`);
  } else {
    // Programs that read it get everything.
    const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
    process.stdout.write(psTable(pods, Date.now(), columns));
  }
  return 0;
}
