// What goes to a container's standard input, and how long it stays open.
import type { ContainerRequest } from "../engine.ts";
import type { RuntimeProcess } from "./runtimeProcess.ts";

export function connectInput(
  { stdin, control, exit }: RuntimeProcess,
  { process: told, attached }: ContainerRequest,
): void {
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
  void exit.then(() => input.unpipe(stdin));
  if (!told.terminal) return;
  control?.on("error", () => {});
  attached.onSize(({ rows, columns }) => {
    if (control?.writable === true) control.write(`${rows} ${columns}\n`);
  });
}
