// A connection to a CRI runtime's streaming server: Attach and Exec give its address, and it speaks WebSocket too.
// @see kubernetes v1.37.2 staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand/websocket.go
import type { Attached, TerminalSize } from "../engine.ts";

/** Each message begins with the number of its channel. */
const PROTOCOL = "v4.channel.k8s.io";

export const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const;
export type Channel = (typeof CHANNEL)[keyof typeof CHANNEL];

export interface CriStream {
  send(channel: Channel, bytes: Buffer, sent?: () => void): void;
  /** Says goodbye; what the server still sends comes. */
  close(): void;
  terminate(): void;
  readonly closed: Promise<void>;
}

/** @throws where the server does not take the connection */
export async function openStream(
  url: string,
  received: (channel: number, bytes: Buffer) => void,
): Promise<CriStream> {
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(url.replace(/^http/, "ws"), PROTOCOL);
  // The first messages may come together with the answer.
  socket.on("message", (message: Buffer) => {
    const [channel] = message;
    if (channel !== undefined && message.length > 1) received(channel, message.subarray(1));
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  // Whoever listens hears of the end.
  socket.on("error", () => {});
  return {
    send: (channel, bytes, sent) => socket.send(Buffer.concat([Buffer.of(channel), bytes]), sent),
    close: () => socket.close(),
    terminate: () => socket.terminate(),
    closed,
  };
}

/**
 * Passes on what is typed, and with a terminal its size.
 * @param atEnd this protocol closes a channel only with the connection
 * @returns lets go of the input
 */
export function typeInto(
  stream: CriStream,
  { input, size, onSize }: Attached,
  { tty, atEnd }: { readonly tty: boolean; readonly atEnd: () => void },
): () => void {
  const type = (bytes: Buffer | string): void => {
    input.pause();
    stream.send(CHANNEL.stdin, Buffer.from(bytes), () => input.resume());
  };
  // The end of a terminal's input is a key.
  const end = (): void => (tty ? stream.send(CHANNEL.stdin, Buffer.from("\u0004")) : atEnd());
  const fit = ({ rows, columns }: TerminalSize): void =>
    stream.send(CHANNEL.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  if (tty) {
    if (size !== undefined) fit(size);
    onSize(fit);
  }
  input.on("data", type);
  input.once("end", end);
  const letGo = (): void => {
    input.off("data", type);
    input.off("end", end);
  };
  void stream.closed.then(letGo);
  return letGo;
}
