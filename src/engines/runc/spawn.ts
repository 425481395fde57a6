// Starts OCI runtimes: they die with secctx (the container then dies by the sandbox) and get pipes, or a terminal of secctx's.
//
// They never get a file of the host as a standard stream: crun gives each of them to the container's user, /dev/null too.
import { type ChildProcess, spawn } from "node:child_process";
import { needProgram } from "../../node/programs.ts";
import type { ContainerRequest } from "../engine.ts";
import type { Holder } from "./holder.ts";
import { withPipes } from "./pipes.ts";
import { ofChild, type RuntimeProcess } from "./runtimeProcess.ts";
import { inTerminal } from "./terminal.ts";

export interface Streams {
  /** The runtime hands its own standard streams on to the process inside, which may want to open them by name. */
  readonly handsOn: boolean;
}

/** @param runtime its command, in the holder's mount table */
export function spawnRuntime(
  runtime: readonly string[],
  { process: told, attached }: ContainerRequest,
  { holder, ...streams }: Streams & { readonly holder: Holder },
): RuntimeProcess {
  const started = told.terminal || streams.handsOn ? undefined : holder.start(runtime);
  if (started !== undefined) return started;
  const command = [...inTable(holder.pid), ...runtime];
  if (!told.terminal) return ofChild(spawnMortal(command, streams));
  // Descriptor 3 takes its sizes.
  return ofChild(spawnPiped(inTerminal([...mortal(), ...command], attached?.size), ["pipe"]));
}

/** What runs a command in the mount table of that process. */
export function inTable(pid: number): string[] {
  return [needProgram("nsenter"), `--mount=/proc/${pid}/ns/mnt`, "--"];
}

export function spawnMortal(command: readonly string[], { handsOn }: Streams): ChildProcess {
  return spawnPiped(handsOn ? withPipes([...mortal(), ...command]) : command);
}

/** Whoever carries the streams dies with secctx, and the runtime with that. */
function spawnPiped(command: readonly string[], more: readonly "pipe"[] = []): ChildProcess {
  const [program = "", ...words] = [...mortal(), ...command];
  const child = spawn(program, words, {
    detached: true,
    stdio: ["pipe", "pipe", "pipe", ...more],
    env: { PATH: process.env["PATH"] ?? "" },
    cwd: "/",
  });
  // A process that ends without having read is no failure.
  child.stdin?.on("error", () => {});
  return child;
}

function mortal(): string[] {
  return [needProgram("setpriv"), "--pdeathsig", "KILL"];
}
