// A runtime's CRI socket: gRPC over HTTP/2 on a Unix socket. The libraries are loaded only here.
import { existsSync } from "node:fs";
import { connect } from "node:net";
import type { Client, ConnectError, Interceptor } from "@connectrpc/connect";
import { timerMs } from "../../node/clock.ts";
import type { SoughtDaemon } from "../howToStart.ts";
import { DEADLINE_EXCEEDED as DEADLINE_WORDS, NoAnswer, Patience } from "../patience.ts";
import type { ImageService, RuntimeService } from "./wire/runtimeV1_pb.js";

export interface CriClient {
  readonly socket: string;
  readonly runtime: Client<typeof RuntimeService>;
  readonly images: Client<typeof ImageService>;
  /** With its calls, and with those of `ctr` at the same socket. */
  readonly patience: Patience;
  /** Ends the connection; a later call opens it again. */
  close(): void;
}

/** Where runtimes listen, in the order in which kubeadm looks. */
const SOCKETS = ["/run/containerd/containerd.sock", "/var/run/crio/crio.sock"];

export const CONTAINERD: SoughtDaemon = {
  ...{ program: "containerd", unit: "containerd", debianPackage: "containerd" },
  ...{ variable: "CONTAINER_RUNTIME_ENDPOINT", usual: SOCKETS },
};

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

/** @param requestTimeoutMs as the kubelet's runtimeRequestTimeout */
export async function openCri(socket: string, requestTimeoutMs?: number): Promise<CriClient> {
  const [
    { createClient, ConnectError: Thrown },
    { createGrpcTransport, Http2SessionManager },
    wire,
  ] = await Promise.all([
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
  const late = (): ConnectError => new Thrown(DEADLINE_WORDS, DEADLINE_EXCEEDED);
  const patience = new Patience(requestTimeoutMs);
  const interceptors = [withDeadline(patience, late)];
  const transport = createGrpcTransport({ baseUrl, sessionManager: sessions, interceptors });
  return {
    socket,
    patience,
    runtime: createClient(wire.RuntimeService, transport),
    images: createClient(wire.ImageService, transport),
    close: () => sessions.abort(),
  };
}

/** A pod that is to end does not wait longer for the id of a process. */
const SIGNAL_MS = 30_000;

/**
 * A command that may take for ever has as long as a timer can.
 * @see kubernetes v1.37.2 staging/src/k8s.io/cri-client/pkg/remote_runtime.go RunPodSandbox, ExecSync
 */
export function timeFor(method: string, message: object, ms: number): number {
  const { timeout = 0n, verbose } = message as { timeout?: bigint; verbose?: boolean };
  if (method === "RunPodSandbox") return 2 * ms;
  if (method === "ExecSync") return timerMs(ms + Number(timeout) * 1000);
  return method === "ContainerStatus" && verbose ? Math.min(ms, SIGNAL_MS) : ms;
}

function withDeadline(patience: Patience, late: () => ConnectError): Interceptor {
  return (next) => async (request) => {
    const { method } = request;
    const message = request.stream ? {} : request.message;
    const over = new AbortController();
    const signal = AbortSignal.any([request.signal, over.signal]);
    let timer: NodeJS.Timeout | undefined;
    // A connection that is not there yet listens to no signal.
    const deadline = new Promise<never>((_, reject) => {
      const ranOut = (): void => {
        patience.ranOut();
        over.abort();
        reject(late());
      };
      timer = setTimeout(ranOut, timeFor(method.name, message, patience.ms));
    });
    try {
      const answered = next({ ...request, signal });
      answered.catch(() => {});
      const answer = await Promise.race([answered, deadline]);
      patience.answered();
      return answer;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The runtime's own words; undefined when it did not answer at all, or the mistake is secctx's. */
export function runtimeRefusal(error: unknown): string | undefined {
  const { name, rawMessage, code, cause } = error as {
    name?: string;
    rawMessage?: string;
    code?: number;
    cause?: { readonly syscall?: string } | null;
  };
  if (name !== "ConnectError" || rawMessage === undefined) return undefined;
  // What this machine says of the socket is nobody's answer.
  if (cause?.syscall !== undefined) return undefined;
  return code === UNAVAILABLE || code === CANCELED ? undefined : rawMessage;
}

/** gRPC's codes. */
export const CANCELED = 1;
export const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;

/** gRPC's name of the answer's code, as far as it is told from others. */
export function codeOf(error: unknown): string {
  return (error as { code?: number }).code === DEADLINE_EXCEEDED ? "DeadlineExceeded" : "Unknown";
}

/** Has this client waited too long, or was it told to wait no longer? */
export function isUnanswered(error: unknown): boolean {
  const { rawMessage, code } = error as { rawMessage?: string; code?: number };
  return code === CANCELED || (code === DEADLINE_EXCEEDED && rawMessage === DEADLINE_WORDS);
}

/** @throws what is not the runtime's refusal */
export function needAnswer(error: unknown, socket: string): string {
  const words = runtimeRefusal(error);
  if (words !== undefined) return words;
  if ((error as { name?: string }).name !== "ConnectError") throw error;
  throw new NoAnswer(
    `no CRI runtime answers at ${socket}: ${(error as { rawMessage: string }).rawMessage}`,
  );
}
