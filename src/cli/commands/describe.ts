// `secctx describe POD`: a pod in the background and its events, as `kubectl describe pod` shows them.
import { eventsOf, type FoundPod, findPod } from "../../lifecycle/detachedPods.ts";
import { describePod } from "../../report/describe/describePod.ts";
import type { Style } from "../../report/style.ts";
import type { Command, OptionValues } from "../command.ts";
import { deletedSince, describedEvents, describeForm } from "../describeForm.ts";
import { UsageError } from "../errors.ts";
import { COMMON_OPTIONS, styleOf } from "../options.ts";
import { NAMESPACE_OPTION, namespaceOf } from "../podOptions.ts";
import { isLost, shownPod } from "../shownPod.ts";

export const describeCommand: Command = {
  name: "describe",
  summary: "show pods in the background and their events, as kubectl describe pod does",
  arguments: "<pod...>",
  options: [NAMESPACE_OPTION, ...COMMON_OPTIONS.filter(({ flags }) => flags.startsWith("--color"))],
  examples: ["sudo secctx describe server"],
  run,
};

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  if (args.length === 0) throw new UsageError("describe: name a pod");
  const style = styleOf(options, process.stdout);
  const namespace = namespaceOf(options);
  const texts = args.map((name) => textOf(findPod(name, namespace), style));
  process.stdout.write(texts.join("\n\n"));
  return 0;
}

function textOf(found: FoundPod, style: Style): string {
  const now = Date.now();
  const pod = shownPod(found);
  const events = describedEvents(eventsOf(found), now);
  const since = isLost(found) ? undefined : deletedSince(pod, now);
  return describePod({ pod, events, deletedSince: since }, describeForm(pod, style));
}
