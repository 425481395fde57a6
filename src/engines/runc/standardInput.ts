// What goes to a container's standard input, and how long it stays open.
import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import type { ContainerRequest } from "../engine.ts";

/** @param child with a terminal, its descriptor 3 takes sizes */
export function connectInput(
  child: ChildProcess,
  { process: told, attached }: ContainerRequest,
  ended: Promise<unknown>,
): void {
  const { stdin } = child;
  if (stdin === null) return;
  // A container that ends without having read is no failure.
  stdin.on("error", () => {});
  if (!told.stdin && !told.terminal) {
    stdin.end();
    return;
  }
  // Without anyone attached it is open, and nothing comes.
  if (!told.stdin || attached === undefined) return;
  const { input } = attached;
  input.pipe(stdin, { end: told.stdinOnce });
  void ended.then(() => input.unpipe(stdin));
  if (!told.terminal) return;
  const control = child.stdio[3] as Writable | null | undefined;
  control?.on("error", () => {});
  attached.onSize(({ rows, columns }) => {
    if (control?.writable === true) control.write(`${rows} ${columns}\n`);
  });
}
