// `secctx logs POD`: what a container of a pod in the background has written.
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import {
  currentLog,
  type FoundPod,
  findContainer,
  findPod,
  logFiles,
} from "../../lifecycle/detachedPods.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";

export const logsCommand: Command = {
  name: "logs",
  summary: "print what a container of a pod in the background has written",
  arguments: "<pod>",
  options: [
    { flags: "-c, --container <name>", description: "default: the pod's first" },
    { flags: "-f, --follow", description: "go on until the pod has ended" },
  ],
  examples: ["sudo secctx logs server -c app -f"],
  run,
};

const POLL_MS = 100;

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const [name] = args;
  if (name === undefined) throw new UsageError("logs: name a pod");
  const pod = findPod(name);
  const container = findContainer(pod, textOf(options["container"]));
  const files = logFiles(pod, container);
  for (const file of files) process.stdout.write(readFileSync(file));
  if (options["follow"] === true) await follow(pod, container, sizeOf(currentLog(pod, container)));
  return 0;
}

export function textOf(value: OptionValues[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A file that became shorter was begun anew. */
async function follow(pod: FoundPod, container: string, from: number): Promise<void> {
  const file = currentLog(pod, container);
  for (let position = from; ; ) {
    const isRunning = isStillRunning(pod);
    const size = sizeOf(file);
    if (size < position) position = 0;
    if (size > position) {
      process.stdout.write(piece(file, position, size));
      position = size;
    }
    if (!isRunning) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function isStillRunning({ id }: FoundPod): boolean {
  try {
    return findPod(id).isRunning;
  } catch {
    // Stopped and forgotten.
    return false;
  }
}

function piece(file: string, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  const open = openSync(file, "r");
  try {
    return bytes.subarray(0, readSync(open, bytes, 0, bytes.length, from));
  } finally {
    closeSync(open);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
