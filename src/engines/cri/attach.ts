// Typing to a container of a CRI runtime: Attach gives the address of the runtime's streaming server, which speaks WebSocket too.
// @see kubernetes v1.37.2 staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand/websocket.go
import type { ContainerRequest } from "../engine.ts";
import type { CriClient } from "./client.ts";

/** Each message begins with the number of its channel. */
const PROTOCOL = "v4.channel.k8s.io";
const [STDIN, STDOUT, STDERR, RESIZE] = [0, 1, 2, 4];

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
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(url.replace(/^http/, "ws"), PROTOCOL);
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  // A server that goes away ends the container's input, not the run.
  socket.on("error", () => {});
  socket.on("message", (message: Buffer) => {
    const channel = message[0];
    if (message.length < 2) return;
    if (channel === STDOUT || channel === STDERR) output("stdout", message.subarray(1));
  });
  const send = (channel: number, bytes: Buffer, sent?: () => void): void =>
    socket.send(Buffer.concat([Buffer.of(channel), bytes]), sent);
  const { input } = attached;
  const type = (bytes: Buffer | string): void => {
    input.pause();
    send(STDIN, Buffer.from(bytes), () => input.resume());
  };
  // This protocol closes a channel only with the connection; the end of a terminal's input is a key.
  const close = (): void => {
    if (tty) send(STDIN, Buffer.from("\u0004"));
    else if (told.stdinOnce) socket.close();
  };
  const fit = ({ rows, columns }: { readonly rows: number; readonly columns: number }): void =>
    send(RESIZE, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  if (tty) {
    if (attached.size !== undefined) fit(attached.size);
    attached.onSize(fit);
  }
  input.on("data", type);
  input.once("end", close);
  const letGo = (): void => {
    input.off("data", type);
    input.off("end", close);
  };
  socket.once("close", letGo);
  return {
    end() {
      letGo();
      socket.terminate();
    },
  };
}
