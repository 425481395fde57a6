// `secctx stop POD`: ends a pod in the background as a deletion does, and forgets it.

import { removeLeftovers } from "../../engines/leftovers.ts";
import { type FoundPod, findPod, forgetPod } from "../../lifecycle/detachedPods.ts";
import { EngineError } from "../../node/errors.ts";
import { asRootOfUserNamespace, isRoot } from "../asRoot.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { NAMESPACE_OPTION, namespaceOf } from "../podOptions.ts";

export const stopCommand: Command = {
  name: "stop",
  summary: "end pods in the background as a deletion does, and forget them and their logs",
  arguments: "<pod...>",
  options: [
    NAMESPACE_OPTION,
    { flags: "--now", description: "do not wait for their grace period" },
  ],
  examples: ["sudo secctx stop server"],
  run,
};

const POLL_MS = 20;

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  if (args.length === 0) throw new UsageError("stop: name a pod");
  if (!isRoot()) return asRootOfUserNamespace();
  const namespace = namespaceOf(options);
  for (const name of args) {
    await stop(findPod(name, namespace), options["now"] === true);
    console.log(`pod ${name} stopped`);
  }
  return 0;
}

async function stop({ id, isRunning, pid }: FoundPod, now: boolean): Promise<void> {
  if (isRunning) {
    process.kill(pid, now ? "SIGQUIT" : "SIGTERM");
    while (findPod(id).isRunning) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  // Should its secctx have been killed meanwhile.
  const { kept, left } = await removeLeftovers();
  if (kept.has(id)) {
    const own = left.filter((what) => what.includes(id));
    throw new EngineError(`could not remove ${own.join(", ")}`);
  }
  forgetPod({ id });
}
