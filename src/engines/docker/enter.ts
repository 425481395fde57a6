// A command that a person runs inside a container of Docker Engine, with streams or a terminal: the exec calls of its API.
import type Docker from "dockerode";
import { EngineError } from "../../node/errors.ts";
import type { EnterRequest } from "../engine.ts";
import { daemonWords, isRefusal } from "./client.ts";
import { connectOutput } from "./connectOutput.ts";
import { fitTerminal } from "./fitTerminal.ts";

/**
 * @returns the command's exit code
 * @throws EngineError in the daemon's words
 */
export async function enterDocker(
  client: Docker,
  containerId: string,
  asked: EnterRequest,
): Promise<number> {
  try {
    return await enter(client, client.getContainer(containerId), asked);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new EngineError(daemonWords(error));
  }
}

async function enter(
  client: Docker,
  container: Docker.Container,
  { command, terminal, attached, output }: EnterRequest,
): Promise<number> {
  const isTyped = attached !== undefined;
  const exec = await container.exec({
    ...{ Cmd: [...command], Tty: terminal },
    ...{ AttachStdin: isTyped, AttachStdout: true, AttachStderr: true },
  });
  const stream = await exec.start({ hijack: true, stdin: isTyped, Tty: terminal });
  const over = new Promise<void>((resolve) => {
    for (const name of ["end", "close", "error"]) stream.on(name, () => resolve());
  });
  connectOutput(client, stream, { terminal, output });
  if (isTyped) {
    attached.input.pipe(stream);
    void over.then(() => attached.input.unpipe(stream));
  }
  if (isTyped && terminal) fitTerminal(exec, attached);
  await over;
  const { ExitCode } = await exec.inspect();
  return ExitCode ?? 0;
}
