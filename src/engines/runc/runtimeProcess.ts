// A runtime that runs, whoever started it: Node, or the shell that holds the sandbox.
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { kill } from "./cgroups.ts";
import { closed, exitOf, settled } from "./runtimeLog.ts";

export interface RuntimeProcess {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** With a terminal: takes its sizes. */
  readonly control: Writable | undefined;
  /** The status, when it has ended and its output is read. A grandchild that keeps the output open is not waited for. */
  readonly exit: Promise<number>;
  readonly isRunning: () => boolean;
  /** Kills it and what it has started in its process group. */
  readonly end: () => void;
}

export function ofChild(child: ChildProcess): RuntimeProcess {
  const { stdin, stdout, stderr, pid } = child;
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const end = (): void => {
    if (pid !== undefined && isRunning()) kill(-pid, "SIGKILL");
  };
  const control = child.stdio[3] as Writable | null | undefined;
  const streams = { stdin, stdout, stderr, control: control ?? undefined };
  return { ...streams, exit: exitOf(child), isRunning, end };
}

/** @param streams the three, and one on which its number and then its status are told, a line each */
export function ofHolder([stdin, stdout, stderr, told]: readonly Socket[]): RuntimeProcess {
  if (told === undefined || stdin === undefined || stdout === undefined || stderr === undefined) {
    throw new Error("the holder has no streams for a runtime");
  }
  let text = "";
  let status: number | undefined;
  let isUnwanted = false;
  const end = (): void => {
    isUnwanted = true;
    const [pid, more] = text.split("\n");
    if (more === undefined || status !== undefined) return;
    // In its first instant it has no process group of its own.
    if (!kill(-Number(pid), "SIGKILL")) kill(Number(pid), "SIGKILL");
  };
  const ended = new Promise<number>((resolve) => {
    told.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      const [, code, after] = text.split("\n");
      if (after !== undefined) {
        status = Number(code);
        resolve(status);
      } else if (isUnwanted) end();
    });
    told.on("close", () => {
      status ??= WITHOUT_A_WORD;
      resolve(status);
    });
  });
  // One that ends without having read is no failure.
  stdin.on("error", () => {}).resume();
  const isRead = Promise.all([closed(stdout), closed(stderr)]);
  return {
    ...{ stdin, stdout, stderr, control: undefined },
    exit: ended.then((code) => settled(isRead).then(() => code)),
    isRunning: () => status === undefined,
    end,
  };
}

/** The shell was killed. */
const WITHOUT_A_WORD = 137;
