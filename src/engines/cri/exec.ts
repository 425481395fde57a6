// A command run inside a container by ExecSync, as the kubelet runs exec probes and lifecycle hooks.
import type { ExecResult } from "../engine.ts";
import { type CriClient, DEADLINE_EXCEEDED, needAnswer } from "./client.ts";

const MAX_OUTPUT = 10 * 1024;

export async function execIn(
  { runtime, socket }: CriClient,
  containerId: string,
  { command, timeoutMs }: { readonly command: readonly string[]; readonly timeoutMs: number },
): Promise<ExecResult> {
  // CRI counts in seconds; 0 would be for ever.
  const timeout = BigInt(Math.max(1, Math.ceil(timeoutMs / 1000)));
  try {
    const answer = await runtime.execSync({ containerId, cmd: [...command], timeout });
    const output = Buffer.concat([answer.stdout, answer.stderr]).toString("utf8");
    return { exitCode: answer.exitCode, output: output.slice(0, MAX_OUTPUT), timedOut: false };
  } catch (error) {
    const refusal = needAnswer(error, socket);
    const timedOut = (error as { code?: number }).code === DEADLINE_EXCEEDED;
    if (timedOut) return { exitCode: 137, output: "", timedOut };
    return { exitCode: 126, output: "", timedOut, refusal };
  }
}
