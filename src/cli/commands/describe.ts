// `secctx describe POD`: a pod in the background and its events, as `kubectl describe pod` shows them.
import { isJsonObject, type JsonObject } from "../../core/model/json.ts";
import { apiPodOf, eventsOf, type FoundPod, findPod } from "../../lifecycle/detachedPods.ts";
import { describePod } from "../../report/describe/describePod.ts";
import type { Style } from "../../report/style.ts";
import type { Command, OptionValues } from "../command.ts";
import { deletedSince, describedEvents, describeForm } from "../describeForm.ts";
import { UsageError } from "../errors.ts";
import { COMMON_OPTIONS, styleOf } from "../options.ts";

export const describeCommand: Command = {
  name: "describe",
  summary: "show pods in the background and their events, as kubectl describe pod does",
  arguments: "<pod...>",
  options: COMMON_OPTIONS.filter(({ flags }) => flags.startsWith("--color")),
  examples: ["sudo secctx describe server"],
  run,
};

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  if (args.length === 0) throw new UsageError("describe: name a pod");
  const style = styleOf(options, process.stdout);
  const texts = args.map((name) => textOf(findPod(name), style));
  process.stdout.write(texts.join("\n\n"));
  return 0;
}

function textOf(found: FoundPod, style: Style): string {
  const now = Date.now();
  const whole = apiPodOf(found);
  const isLost = !found.isRunning && !found.hasEnded;
  const pod = isLost ? lost(whole) : whole;
  const events = describedEvents(eventsOf(found), now);
  const since = isLost ? undefined : deletedSince(pod, now);
  return describePod({ pod, events, deletedSince: since }, describeForm(pod, style));
}

/** No program speaks of that: on a node a pod outlives its kubelet. */
function lost(pod: JsonObject): JsonObject {
  const status = isJsonObject(pod["status"]) ? pod["status"] : {};
  const message = "its secctx was killed, and the pod with it";
  return { ...pod, status: { ...status, phase: "Lost", message } };
}
