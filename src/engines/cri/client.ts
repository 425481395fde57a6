// A runtime's CRI socket: gRPC over HTTP/2 on a Unix socket. The libraries are loaded only here.
import { existsSync } from "node:fs";
import { connect } from "node:net";
import type { Client } from "@connectrpc/connect";
import { EngineError } from "../../node/errors.ts";
import type { ImageService, RuntimeService } from "./wire/runtimeV1_pb.js";

export interface CriClient {
  readonly socket: string;
  readonly runtime: Client<typeof RuntimeService>;
  readonly images: Client<typeof ImageService>;
  /** Ends the connection; a later call opens it again. */
  close(): void;
}

/** Where runtimes listen, in the order in which kubeadm looks. */
const SOCKETS = ["/run/containerd/containerd.sock", "/var/run/crio/crio.sock"];

/** An unused connection does not keep secctx waiting at its end. */
const IDLE_MS = 500;

/** CONTAINER_RUNTIME_ENDPOINT, as crictl reads it, else the first usual socket that is there. */
export function criSocket(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const told = environment["CONTAINER_RUNTIME_ENDPOINT"];
  if (told !== undefined && told !== "") return told.replace(/^unix:\/\//, "");
  return SOCKETS.find(existsSync) ?? SOCKETS[0] ?? "";
}

export async function openCri(socket: string): Promise<CriClient> {
  const [{ createClient }, { createGrpcTransport, Http2SessionManager }, wire] = await Promise.all([
    import("@connectrpc/connect"),
    import("@connectrpc/connect-node"),
    import("./wire/runtimeV1_pb.js"),
  ]);
  const baseUrl = "http://localhost";
  const sessions = new Http2SessionManager(
    baseUrl,
    { idleConnectionTimeoutMs: IDLE_MS },
    { createConnection: () => connect(socket) },
  );
  const transport = createGrpcTransport({ baseUrl, sessionManager: sessions });
  return {
    socket,
    runtime: createClient(wire.RuntimeService, transport),
    images: createClient(wire.ImageService, transport),
    close: () => sessions.abort(),
  };
}

/** The runtime's own words; undefined when it did not answer at all, or the mistake is secctx's. */
export function runtimeRefusal(error: unknown): string | undefined {
  const { name, rawMessage, code } = error as {
    name?: string;
    rawMessage?: string;
    code?: number;
  };
  if (name !== "ConnectError" || rawMessage === undefined) return undefined;
  return code === UNAVAILABLE || code === CANCELED ? undefined : rawMessage;
}

/** gRPC's codes. */
const CANCELED = 1;
export const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;

/** @throws what is not the runtime's refusal */
export function needAnswer(error: unknown, socket: string): string {
  const words = runtimeRefusal(error);
  if (words !== undefined) return words;
  if ((error as { name?: string }).name !== "ConnectError") throw error;
  throw new EngineError(`no CRI runtime answers at ${socket}: ${(error as Error).message}`);
}
