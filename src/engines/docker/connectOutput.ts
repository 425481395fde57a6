// What a container's process writes: Docker sends one stream, of which each piece says whose it is unless a terminal joined them.
import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import type { EnterRequest } from "../engine.ts";

export function connectOutput(
  client: Docker,
  stream: NodeJS.ReadableStream,
  { terminal, output }: Pick<EnterRequest, "terminal" | "output">,
): void {
  if (terminal) {
    stream.on("data", (bytes: Buffer) => output("stdout", bytes));
    return;
  }
  const [out, err] = [new PassThrough(), new PassThrough()];
  out.on("data", (bytes: Buffer) => output("stdout", bytes));
  err.on("data", (bytes: Buffer) => output("stderr", bytes));
  client.modem.demuxStream(stream, out, err);
}
