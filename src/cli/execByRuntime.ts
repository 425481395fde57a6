// A command in a container of an OCI runtime: the runtime is called once more, with the streams of this process.
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { constants } from "node:os";
import type { ExecWay } from "../engines/engine.ts";
import { errorsOf } from "../engines/runc/runtimeLog.ts";
import { execCall } from "../lifecycle/detachedExec.ts";
import type { FoundPod } from "../lifecycle/detachedPods.ts";
import { execNotStarted } from "../lifecycle/runtimeWords.ts";
import { EngineError } from "../node/errors.ts";
import { needProgram } from "../node/programs.ts";
import { isRoot } from "./asRoot.ts";

export interface ExecAsked {
  readonly command: readonly string[];
  readonly terminal: boolean;
}

/**
 * @returns the command's exit code
 * @throws EngineError when the runtime could not start it
 */
export async function execByRuntime(
  pod: FoundPod,
  way: ExecWay,
  asked: ExecAsked,
  readsInput: boolean,
): Promise<number> {
  const { words: call, file, log } = execCall(way, asked);
  const [program = "", ...words] = [...wayTo(pod), ...call];
  const own = asked.terminal ? "inherit" : "pipe";
  const child = spawn(program, words, { stdio: [own, own, "pipe"], cwd: "/" });
  passErrors(child, log);
  if (asked.terminal) atTerminal(child);
  else withPipes(child, readsInput);
  try {
    const code = await exitOf(child);
    const refusal = code === 0 ? undefined : errorsOf(log).at(-1);
    if (refusal !== undefined) throw new EngineError(execNotStarted(refusal, pod.runtimeVersion));
    return code;
  } finally {
    for (const path of [file, log]) rmSync(path, { force: true });
  }
}

/**
 * What goes wrong the runtime writes to its log and to standard error: there it is left out, for nothing else has run yet.
 * crun writes its log last, so what comes first is held until that is there, or cannot be any more.
 */
function passErrors(child: ChildProcess, log: string): void {
  let held: Buffer[] | undefined = [];
  let timer: NodeJS.Timeout | undefined;
  function pass(bytes: Buffer): void {
    if (errorsOf(log).length === 0) process.stderr.write(bytes);
  }
  function letGo(): void {
    clearTimeout(timer);
    const all = held ?? [];
    held = undefined;
    all.forEach(pass);
  }
  child.stderr?.on("data", (bytes: Buffer) => {
    if (held === undefined) pass(bytes);
    else {
      held.push(bytes);
      timer ??= setTimeout(letGo, HELD_MS);
    }
  });
  child.on("exit", letGo);
}

/** Longer than a runtime takes between its two words. */
const HELD_MS = 200;

/** The pod of an ordinary user lives in the user namespace of its secctx, where the user is root. */
function wayTo({ pid }: FoundPod): string[] {
  return isRoot() ? [] : [needProgram("nsenter"), `--user=/proc/${pid}/ns/user`, "--"];
}

/** The runtime reads the keys; however it ends, the terminal is given back as it was. */
function atTerminal(child: ChildProcess): void {
  process.stdin.setRawMode(true);
  child.on("exit", () => process.stdin.setRawMode(false));
}

/** No file of the host becomes a standard stream of the command: crun would give it to the command's user. */
function withPipes(child: ChildProcess, readsInput: boolean): void {
  const { stdin, stdout } = child;
  stdout?.pipe(process.stdout, { end: false });
  // A command that ends without having read is no failure.
  stdin?.on("error", () => {});
  if (!readsInput) stdin?.end();
  else if (stdin !== null) process.stdin.pipe(stdin);
  child.on("exit", () => process.stdin.destroy());
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
