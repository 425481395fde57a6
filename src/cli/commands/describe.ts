// `secctx describe POD`: the states of a pod in the background and its events, as `kubectl describe pod` shows them.
import { eventsOf, type FoundPod, findPod } from "../../lifecycle/detachedPods.ts";
import type { RecordedEvent } from "../../lifecycle/recordedEvents.ts";
import { humanDuration } from "../../lifecycle/statusLine.ts";
import { type DescribedEvent, type DescribeForm, describeText } from "../../report/describeText.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { COMMON_OPTIONS, styleOf } from "../options.ts";

export const describeCommand: Command = {
  name: "describe",
  summary: "show the states and the events of pods in the background",
  arguments: "<pod...>",
  options: COMMON_OPTIONS.filter(({ flags }) => flags.startsWith("--color")),
  examples: ["sudo secctx describe server"],
  run,
};

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  if (args.length === 0) throw new UsageError("describe: name a pod");
  const form = {
    style: styleOf(options, process.stdout),
    // Programs that read it get whole lines.
    columns: process.stdout.columns ?? Number.POSITIVE_INFINITY,
    time: rfc1123,
  };
  const texts = args.map((name) => textOf(findPod(name), form));
  process.stdout.write(texts.join("\n\n"));
  return 0;
}

/** As kubectl writes times. */
function rfc1123(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toUTCString().replace(/GMT$/, "+0000");
}

function textOf(pod: FoundPod, form: DescribeForm): string {
  const { name, namespace, id, status, isRunning, hasEnded } = pod;
  const now = Date.now();
  const events = eventsOf(pod).map((event) => describedEvent(event, now));
  const isLost = !isRunning && !hasEnded;
  return describeText({ name, namespace, id, status, events, isLost }, form);
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/describe/describe.go DescribeEvents */
function describedEvent(event: RecordedEvent, now: number): DescribedEvent {
  const { count, firstTimestamp, lastTimestamp } = event;
  const since = (time: string): string => humanDuration(now - Date.parse(time));
  const age =
    count > 1
      ? `${since(lastTimestamp)} (x${count} over ${since(firstTimestamp)})`
      : since(firstTimestamp);
  return { ...event, age };
}
