// `secctx prune`: removes what pods have left behind whose secctx was killed, and the records of those that ended.
import { removeLeftovers } from "../../engines/leftovers.ts";
import { forgetEndedPods } from "../../lifecycle/detachedPods.ts";
import { asRootOfUserNamespace, isRoot } from "../asRoot.ts";
import type { Command, OptionValues } from "../command.ts";

export const pruneCommand: Command = {
  name: "prune",
  summary:
    "remove what killed runs and ended background pods have left behind; never touches running pods",
  arguments: "",
  options: [{ flags: "-q, --quiet", description: "say nothing but what could not be removed" }],
  examples: ["sudo secctx prune"],
  run,
};

/** 0 when nothing is left, 1 when something could not be removed. */
async function run(_args: readonly string[], options: OptionValues): Promise<number> {
  if (!isRoot()) return asRootOfUserNamespace();
  const { removed: pods, left, kept } = await removeLeftovers();
  const removed = [...new Set([...pods, ...forgetEndedPods(kept)])];
  if (options["quiet"] !== true) {
    for (const id of removed) console.log(`removed ${id}`);
    if (removed.length === 0 && left.length === 0) console.log("nothing was left behind");
  }
  for (const what of left) console.error(`secctx: could not remove ${what}`);
  return left.length === 0 ? 0 : 1;
}
