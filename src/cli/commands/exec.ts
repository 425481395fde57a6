// `secctx exec POD -- COMMAND`: a command in a container of a pod in the background, under its security context.
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { constants } from "node:os";
import type { DaemonWay } from "../../engines/engine.ts";
import { enterContainer } from "../../engines/engines.ts";
import { execCall, execWayOf, type FoundPod, findPod } from "../../lifecycle/detachedPods.ts";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import { isRoot } from "../asRoot.ts";
import { terminalHere } from "../attach.ts";
import { chosenContainer } from "../chosenContainer.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { textOf } from "../logOptions.ts";

export const execCommand: Command = {
  name: "exec",
  summary: "run a command in a container of a pod in the background, under its security context",
  arguments: "<pod> <command...>",
  argumentsBeforeCommand: 1,
  options: [
    { flags: "-c, --container <name>", description: "default: the pod's first" },
    { flags: "-i, --stdin", description: "pass standard input on" },
    { flags: "-t, --tty", description: "with a terminal" },
  ],
  examples: [
    "sudo secctx exec server -- id",
    "sudo secctx exec server wc -c /etc/passwd",
    "sudo secctx exec server -it -- sh",
  ],
  notes: `Exit codes: the command's own, 128 and the number of the signal that ended it, and 2 where the pod or its container does not run.
A command that cannot be started ends as the runtime tells it: 255 with runc and crun, 126 or 127 with Docker Engine, 2 with containerd.`,
  run,
};

/** The exit code of the command; 2 where there is nothing to run it in. */
async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const [name, ...command] = args;
  if (name === undefined || command.length === 0) {
    throw new UsageError("exec: name a pod and, after --, a command");
  }
  const pod = findPod(name);
  const container = chosenContainer(pod, textOf(options["container"]));
  const terminal = options["tty"] === true;
  if (terminal && !process.stdin.isTTY)
    throw new EngineError("--tty: standard input is no terminal");
  const way = execWayOf(pod, container);
  if ("engine" in way) {
    return told(await atDaemon(way, { command, terminal }, options["stdin"] === true));
  }
  const { words: call, file } = execCall(way, { command, terminal });
  const [program = "", ...words] = [...wayTo(pod), ...call];
  const child = terminal
    ? atTerminal(spawn(program, words, { stdio: "inherit", cwd: "/" }))
    : withPipes(spawn(program, words, { stdio: "pipe", cwd: "/" }), options["stdin"] === true);
  try {
    return told(await exitOf(child));
  } finally {
    rmSync(file, { force: true });
  }
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/client-go/tools/remotecommand/v4.go errorDecoderV4.decode */
function told(code: number): number {
  if (code !== 0) console.error(`command terminated with exit code ${code}`);
  return code;
}

/** The pod of an ordinary user lives in the user namespace of its secctx, where the user is root. */
function wayTo({ pid }: FoundPod): string[] {
  return isRoot() ? [] : [needProgram("nsenter"), `--user=/proc/${pid}/ns/user`, "--"];
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
      ...(readsInput || asked.terminal ? { attached } : {}),
      output: (stream, bytes) => void process[stream].write(bytes),
    });
  } finally {
    end();
    if (asked.terminal) process.stdin.setRawMode(false);
    process.stdin.destroy();
  }
}

/** The runtime reads the keys; however it ends, the terminal is given back as it was. */
function atTerminal(child: ChildProcess): ChildProcess {
  process.stdin.setRawMode(true);
  child.on("exit", () => process.stdin.setRawMode(false));
  return child;
}

/** No file of the host becomes a standard stream of the command: crun would give it to the command's user. */
function withPipes(child: ChildProcess, readsInput: boolean): ChildProcess {
  const { stdin, stdout, stderr } = child;
  stdout?.pipe(process.stdout, { end: false });
  stderr?.pipe(process.stderr, { end: false });
  // A command that ends without having read is no failure.
  stdin?.on("error", () => {});
  if (!readsInput) stdin?.end();
  else if (stdin !== null) process.stdin.pipe(stdin);
  child.on("exit", () => process.stdin.destroy());
  return child;
}

/** Ctrl-C is the command's: it is in the same process group. */
function exitOf(child: ChildProcess): Promise<number> {
  const wait = (): void => {};
  process.on("SIGINT", wait);
  return new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("close", (code, signal) => {
      process.off("SIGINT", wait);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
