// `secctx exec POD -- COMMAND`: a command in a container of a pod in the background, under its security context.
import type { DaemonWay } from "../../engines/engine.ts";
import { enterContainer } from "../../engines/engines.ts";
import { execWayOf } from "../../lifecycle/detachedExec.ts";
import { findPod } from "../../lifecycle/detachedPods.ts";
import { NO_TERMINAL, terminalHere } from "../attach.ts";
import { chosenContainer } from "../chosenContainer.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { execByRuntime } from "../execByRuntime.ts";
import { textOf } from "../logOptions.ts";
import { NAMESPACE_OPTION, namespaceOf } from "../podOptions.ts";

export const execCommand: Command = {
  name: "exec",
  summary: "run a command in a container of a pod in the background, under its security context",
  arguments: "<pod> <command...>",
  argumentsBeforeCommand: 1,
  options: [
    NAMESPACE_OPTION,
    { flags: "-c, --container <name>", description: "default: the pod's first" },
    { flags: "-i, --stdin", description: "pass standard input on" },
    { flags: "-t, --tty", description: "with -i: with a terminal" },
  ],
  examples: [
    "sudo secctx exec server -- id",
    "sudo secctx exec server wc -c /etc/passwd",
    "sudo secctx exec server -it -- sh",
  ],
  notes: `Exit codes: the command's own, 128 and the number of the signal that ended it, and 2 where the pod or its container does not run.
A command that cannot be started ends with 2; with Docker Engine, which tells that as a command's end, with 126 or 127.`,
  run,
};

/** The exit code of the command; 2 where there is nothing to run it in. */
async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const [name, ...command] = args;
  if (name === undefined || command.length === 0) {
    throw new UsageError("exec: name a pod and, after --, a command");
  }
  const pod = findPod(name, namespaceOf(options));
  const container = chosenContainer(pod, textOf(options["container"]));
  const readsInput = options["stdin"] === true;
  const asked = { command, terminal: getsTerminal(options) };
  const way = execWayOf(pod, container);
  if ("engine" in way) return told(await atDaemon(way, asked, readsInput));
  return told(await execByRuntime(pod, way, asked, readsInput));
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go StreamOptions.SetupTTY */
function getsTerminal({ stdin, tty }: OptionValues): boolean {
  if (stdin !== true || tty !== true) return false;
  const isTerminal = process.stdin.isTTY === true;
  if (!isTerminal) console.error(NO_TERMINAL);
  return isTerminal;
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/client-go/tools/remotecommand/v4.go errorDecoderV4.decode */
function told(code: number): number {
  if (code !== 0) console.error(`command terminated with exit code ${code}`);
  return code;
}

/** The daemon is asked; its answers and the keys go through this process. */
async function atDaemon(
  way: DaemonWay,
  asked: { readonly command: readonly string[]; readonly terminal: boolean },
  readsInput: boolean,
): Promise<number> {
  const { attached, end } = terminalHere();
  if (asked.terminal) process.stdin.setRawMode(true);
  try {
    return await enterContainer(way, {
      ...asked,
      ...(readsInput ? { attached } : {}),
      output: (stream, bytes) => void process[stream].write(bytes),
    });
  } finally {
    end();
    if (asked.terminal) process.stdin.setRawMode(false);
    process.stdin.destroy();
  }
}
