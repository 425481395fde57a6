// A command that a person runs inside a container of a CRI runtime, with streams or a terminal: the Exec call.
import { type ChildProcess, spawn } from "node:child_process";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import type { EnterRequest } from "../engine.ts";
import { type CriClient, needAnswer } from "./client.ts";
import { CHANNEL, openStream, typeInto } from "./streaming.ts";

/** As runtimes answer where the command could not be started. */
const NOT_STARTED = 126;

/**
 * The streaming server's WebSocket protocol cannot say that a pipe is at its end, so then containerd's own client runs
 * the command, which takes the container's process as CRI does.
 * @returns the command's exit code
 * @throws EngineError in the runtime's words
 */
export async function enterCri(
  client: CriClient,
  containerId: string,
  asked: EnterRequest,
): Promise<number> {
  const { command, terminal: tty, attached, output } = asked;
  if (attached !== undefined && !tty) return throughCtr(client.socket, containerId, asked);
  const url = await addressOf(client, {
    ...{ containerId, cmd: [...command], tty },
    ...{ stdin: attached !== undefined, stdout: true, stderr: !tty },
  });
  let status = "";
  const stream = await openStream(url, (channel, bytes) => {
    if (channel === CHANNEL.stdout) output("stdout", bytes);
    if (channel === CHANNEL.stderr) output("stderr", bytes);
    if (channel === CHANNEL.error) status += bytes.toString("utf8");
  });
  if (attached !== undefined) typeInto(stream, attached, { tty, atEnd: () => {} });
  await stream.closed;
  return exitCodeOf(status);
}

async function addressOf(
  { runtime, socket }: CriClient,
  request: Parameters<CriClient["runtime"]["exec"]>[0],
): Promise<string> {
  try {
    return (await runtime.exec(request)).url;
  } catch (error) {
    throw new EngineError(needAnswer(error, socket));
  }
}

interface Status {
  readonly status?: string;
  readonly message?: string;
  readonly details?: {
    readonly causes?: readonly { readonly reason?: string; readonly message?: string }[];
  };
}

/**
 * @throws EngineError when the command could not be started
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand/exec.go ServeExec
 */
function exitCodeOf(text: string): number {
  if (text === "") throw new EngineError("the runtime broke the connection off");
  const { status, message = "", details } = JSON.parse(text) as Status;
  if (status === "Success") return 0;
  const code = details?.causes?.find(({ reason }) => reason === "ExitCode")?.message;
  if (code !== undefined) return Number(code);
  throw new EngineError(translated(message));
}

/** Whoever translates the stream for kubectl's WebSocket says it once more. @see apiserver v0.37.2 pkg/util/proxy/streamtranslator.go */
function translated(message: string): string {
  return `Internal error occurred: ${message}`;
}

let unique = 0;

/** ctr's own words; nothing of the command has run then. */
const NOT_STARTED_WORDS = "ctr: OCI runtime exec failed: ";

async function throughCtr(
  socket: string,
  containerId: string,
  { command, attached, output }: EnterRequest,
): Promise<number> {
  unique += 1;
  const id = `secctx-${process.pid}-${unique}`;
  const words = ["--address", socket, "--namespace", "k8s.io", "tasks", "exec", "--exec-id", id];
  const child = spawn(needProgram("ctr"), [...words, containerId, ...command], { stdio: "pipe" });
  let refusal = "";
  child.stdout.on("data", (bytes: Buffer) => output("stdout", bytes));
  child.stderr.on("data", (bytes: Buffer) => {
    if (refusal !== "" || bytes.toString("utf8").startsWith(NOT_STARTED_WORDS)) refusal += bytes;
    else output("stderr", bytes);
  });
  // A command that ends without having read is no failure.
  child.stdin.on("error", () => {});
  attached?.input.pipe(child.stdin);
  const code = await endOf(child);
  if (refusal === "") return code;
  const said = `failed to start exec "${id}": ${refusal.slice("ctr: ".length).trimEnd()}`;
  const message = `error executing command in container: failed to exec in container: ${said}`;
  throw new EngineError(translated(`Internal error occurred: ${message}`));
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? NOT_STARTED));
  });
}
