// What an OCI runtime's log says went wrong, and how a runtime's process ends.
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { textIfThere } from "../../node/ifThere.ts";

interface LogEntry {
  readonly level?: string;
  readonly msg?: string;
}

/** What a runtime's log says went wrong, in order. */
export function errorsOf(log: string): string[] {
  const lines = textIfThere(log)
    .split("\n")
    .filter((line) => line !== "");
  return lines.flatMap((line) => {
    const entry = parse(line);
    return entry?.level === "error" || entry?.level === "fatal" ? [entry.msg ?? ""] : [];
  });
}

function parse(line: string): LogEntry | undefined {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}

/** Resolves when the process has ended and its output is read. A grandchild that keeps the output open is not waited for. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("exit", (code, signal) => {
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      const timer = setTimeout(() => resolve(status), 500);
      child.on("close", () => {
        clearTimeout(timer);
        resolve(status);
      });
    });
  });
}
