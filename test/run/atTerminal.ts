// A command of secctx as somebody at a terminal starts it: a real one, of 31 rows and 97 columns.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { inTerminal } from "../../src/engines/runc/terminal.ts";
import type { Lab } from "./run.ts";

const open = new Set<ChildProcess>();

/** Those of a test that failed. */
export function endSessions(): void {
  for (const child of open) child.kill("SIGKILL");
}

export interface Session {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
  /** Resolves when the terminal shows it. */
  shows(text: RegExp): Promise<void>;
  type(keys: string): void;
  resize(rows: number, columns: number): void;
}

/** A command as somebody at a terminal of 31 rows and 97 columns starts it. */
export function atTerminal(command: readonly string[], { environment }: Lab): Session {
  const [program = "", ...rest] = inTerminal(command, { rows: 31, columns: 97 });
  const child = spawn(program, rest, {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit", "pipe"],
  });
  open.add(child);
  child.on("close", () => open.delete(child));
  let output = "";
  const waiting: { readonly text: RegExp; readonly resolve: () => void }[] = [];
  const look = (): void => {
    for (const { text, resolve } of waiting) if (text.test(output)) resolve();
  };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    look();
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    child,
    ended,
    output: () => output,
    shows: (text) =>
      Promise.race([
        new Promise<void>((resolve) => {
          waiting.push({ text, resolve });
          look();
        }),
        ended.then(() => assert.match(output, text)),
      ]),
    type: (keys) => void child.stdin?.write(keys),
    resize: (rows, columns) => void (child.stdio[3] as Writable).write(`${rows} ${columns}\n`),
  };
}

/** What the terminal is set to before and after, by the shell that ran the command. */
export function betweenSettings(command: readonly string[]): string[] {
  return ["sh", "-c", 'stty -g; "$@"; code=$?; stty -g; exit $code', "sh", ...command];
}

export function settings(output: string): string[] {
  return output.match(/^[0-9a-f]+(?::[0-9a-f]+)+/gm) ?? [];
}

/**
 * Ctrl-C reaches a command of the shell at the terminal: it says so itself, and the shell goes on.
 *
 * The command listens before it is waited for: one that a shell just forks may still have the shell's own handler, and lose it.
 */
export async function interrupts(session: Session): Promise<void> {
  const listening =
    "trap 'echo interrupt''ed; exit' INT; echo listen''s; while :; do sleep 0.1; done";
  session.type(`sh -c "${listening}"\n`);
  await session.shows(/^listens\r$/m);
  session.type("\u0003");
  await session.shows(/^(?:\^C)?interrupted\r$/m);
}
