// Starts OCI runtimes: they die with secctx (the container then dies by the sandbox) and get pipes, or a terminal of secctx's.
//
// They never get a file of the host as a standard stream: crun gives each of them to the container's user, /dev/null too.
import { type ChildProcess, spawn } from "node:child_process";
import { needProgram } from "../../node/programs.ts";
import type { ContainerRequest } from "../engine.ts";
import { inTerminal } from "./terminal.ts";

/** With a terminal, descriptor 3 takes its sizes. */
export function spawnRuntime(
  command: readonly string[],
  { process: told, attached }: ContainerRequest,
): ChildProcess {
  if (!told.terminal) return spawnMortal(command);
  // Whoever carries the terminal dies with secctx, and the runtime with that.
  return spawnMortal(inTerminal([...mortal(), ...command], attached?.size), ["pipe"]);
}

export function spawnMortal(
  command: readonly string[],
  more: readonly "pipe"[] = [],
): ChildProcess {
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
