// Typing to a container of a CRI runtime, by its Attach call.
import type { ContainerRequest } from "../engine.ts";
import type { CriClient } from "./client.ts";
import { CHANNEL, openStream, typeInto } from "./streaming.ts";

export interface CriAttachment {
  end(): void;
}

/**
 * With a terminal the output comes here too, as it is written; the log has it only line by line.
 * @throws the runtime's refusal, or the server's
 */
export async function attachTo(
  { runtime }: CriClient,
  containerId: string,
  { process: told, attached, output }: ContainerRequest,
): Promise<CriAttachment | undefined> {
  if (attached === undefined || !told.stdin) return undefined;
  const tty = told.terminal;
  const { url } = await runtime.attach({ containerId, stdin: true, tty, stdout: tty });
  const stream = await openStream(url, (channel, bytes) => {
    if (channel === CHANNEL.stdout || channel === CHANNEL.stderr) output("stdout", bytes);
  });
  const atEnd = (): void => {
    if (told.stdinOnce) stream.close();
  };
  const letGo = typeInto(stream, attached, { tty, atEnd });
  return {
    end() {
      letGo();
      stream.terminate();
    },
  };
}
