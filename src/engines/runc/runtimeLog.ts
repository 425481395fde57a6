// What an OCI runtime's log says went wrong, and how a runtime's process ends.
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";
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
    const isRead = new Promise<void>((read) => child.on("close", () => read()));
    child.on("error", () => resolve(127));
    child.on("exit", (code, signal) => {
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      void settled(isRead).then(() => resolve(status));
    });
  });
}

/** Resolves with it, or after half a second. */
export function settled(wanted: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 500);
    void wanted.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

export function closed(stream: Readable | null): Promise<void> {
  return new Promise((resolve) => {
    if (stream === null) resolve();
    else stream.on("close", () => resolve());
  });
}
