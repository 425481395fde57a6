// `secctx logs POD`: what the containers of a pod in the background have written, as `kubectl logs` shows it.
import { setTimeout } from "node:timers/promises";
import { type FoundPod, findPod, logsOf, readPod } from "../../lifecycle/detachedPods.ts";
import { LogFollower } from "../../lifecycle/logs/followLog.ts";
import { closeLogs, openLogs, readLines } from "../../lifecycle/logs/readLog.ts";
import {
  loggedStatuses,
  validateContainerLogStatus,
} from "../../lifecycle/logs/validateContainerLogStatus.ts";
import { EngineError } from "../../node/errors.ts";
import { chosenContainer } from "../chosenContainer.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { LOG_OPTIONS, type LogsAsked, logsAsked } from "../logOptions.ts";
import { LogWriter } from "../logWriter.ts";
import { NAMESPACE_OPTION, namespaceOf } from "../podOptions.ts";

export const logsCommand: Command = {
  name: "logs",
  summary: "print what the containers of a pod in the background have written",
  arguments: "<pod> [container]",
  options: [NAMESPACE_OPTION, ...LOG_OPTIONS],
  notes:
    "Of each container its current instance and the one before are kept, 50 MiB of each: the limits of the kubelet.",
  examples: [
    "sudo secctx logs server -c app -f --tail 20",
    "sudo secctx logs server --previous --timestamps",
    "sudo secctx logs server --all-containers --prefix --since 5m",
  ],
  run,
};

const POLL_MS = 100;
/** One of several containers has no log. */
const INCOMPLETE = 2;

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const [name, inline] = args;
  if (name === undefined) throw new UsageError("logs: name a pod");
  const asked = logsAsked(options, inline);
  const pod = findPod(name, namespaceOf(options));
  const writer = new LogWriter(
    {
      timestamps: asked.timestamps,
      prefix: (container) => (asked.prefix ? `[pod/${pod.name}/${container}] ` : ""),
    },
    (bytes) => new Promise((resolve) => process.stdout.write(bytes, () => resolve())),
  );
  if (!asked.all) {
    await show(pod, chosenContainer(pod, asked.container), { asked, writer });
    return 0;
  }
  const containers = loggedStatuses(pod.status).map((status) => status.name);
  const shown: Promise<boolean>[] = [];
  for (const container of containers) {
    const one = show(pod, container, { asked, writer }).then(() => true, told);
    if (!asked.follow) await one;
    shown.push(one);
  }
  return (await Promise.all(shown)).every((isShown) => isShown) ? 0 : INCOMPLETE;
}

/** The other containers have logs all the same. */
function told(error: unknown): false {
  if (!(error instanceof EngineError)) throw error;
  console.error(`secctx: ${error.message}`);
  return false;
}

async function show(
  pod: FoundPod,
  container: string,
  { asked, writer }: { readonly asked: LogsAsked; readonly writer: LogWriter },
): Promise<void> {
  const attempt = validateContainerLogStatus(pod, container, asked.previous);
  const folder = logsOf(pod, container);
  const logs = openLogs(folder, attempt);
  const { lines, soFar } = readLines(logs, asked);
  await writer.print(container, lines);
  if (!asked.follow || asked.previous) {
    closeLogs(logs);
    return;
  }
  closeLogs(logs.slice(0, -1));
  const follower = new LogFollower(folder, attempt, logs.at(-1), soFar());
  for (;;) {
    const isOver = hasEnded(pod, container);
    await writer.print(container, follower.read());
    if (isOver) break;
    await setTimeout(POLL_MS);
  }
  follower.close();
}

/** Also when it was stopped and forgotten. */
function hasEnded({ id }: FoundPod, container: string): boolean {
  const pod = readPod(id);
  return pod === undefined || !pod.isRunning || pod.ended.includes(container);
}
