// A command run inside a container of Docker Engine, as the kubelet runs exec probes and lifecycle hooks.
import { PassThrough } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import { timerMs } from "../../node/clock.ts";
import type { ExecResult } from "../engine.ts";
import { daemonWords, isRefusal } from "./client.ts";

const MAX_OUTPUT = 10 * 1024;
export async function execIn(
  client: Docker,
  container: Docker.Container,
  { command, timeoutMs }: { readonly command: readonly string[]; readonly timeoutMs: number },
): Promise<ExecResult> {
  let output = "";
  const take = new PassThrough();
  take.on("data", (bytes: Buffer) => {
    if (output.length < MAX_OUTPUT) output += bytes.toString("utf8");
  });
  try {
    const exec = await container.exec({
      Cmd: [...command],
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: false });
    client.modem.demuxStream(stream, take, take);
    const over = new Promise<false>((resolve) => {
      stream.on("end", () => resolve(false));
      stream.on("close", () => resolve(false));
      stream.on("error", () => resolve(false));
    });
    // dockerd cannot end an exec; like dockershim, secctx stops waiting for it.
    const timedOut = await Promise.race([
      over,
      setTimeout(timerMs(timeoutMs), true, { ref: false }),
    ]);
    stream.destroy();
    if (timedOut) return { exitCode: 137, output, timedOut };
    const { ExitCode } = await exec.inspect();
    // dockerd tells of a command that could not be started as of one that ended, and dockershim passes that on.
    return { exitCode: ExitCode ?? 0, output, timedOut: false };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { exitCode: 126, output, timedOut: false, refusal: daemonWords(error) };
  }
}
