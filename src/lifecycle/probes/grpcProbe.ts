// gRPC probes: one call of grpc.health.v1.Health/Check over HTTP/2; the two messages are small enough to write by hand.
import { connect, constants, type IncomingHttpHeaders } from "node:http2";
import type { Duplex } from "node:stream";
import type { JsonObject } from "../../core/model/json.ts";
import { goQuote } from "../../core/rules/goText.ts";
import { timerMs } from "../../node/clock.ts";
import { DialError, dialInside } from "../../node/dialInside.ts";
import { goDuration } from "./goDuration.ts";
import type { ProbeResult, Reach } from "./handler.ts";

/** Names of HealthCheckResponse.ServingStatus by number. */
const STATUSES = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];
/** Names of gRPC's codes by number. */
const CODES = [
  ...["OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound"],
  ...["AlreadyExists", "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted"],
  ...["OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated"],
];
const UNIMPLEMENTED = 12;
const RETRY_MS = 100;

/** @see kubernetes v1.37.2 pkg/probe/grpc/grpc.go Probe */
export async function grpcProbe(
  action: JsonObject,
  reach: Reach,
  timeoutSeconds: number,
): Promise<ProbeResult> {
  const port = Number(action["port"]);
  const { podIP: host, networkNamespace: namespace, kubernetes } = reach;
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const within = goDuration(timeoutSeconds);
  const end = Date.now() + timeoutSeconds * 1000;
  const connection = await dialUntil(end, { namespace, host, port });
  if (connection === undefined) {
    return failure(
      `timeout: failed to connect service ${goQuote(address)} within ${within}: context deadline exceeded`,
    );
  }
  const service = String(action["service"] ?? "");
  const agent = `kube-probe/${kubernetes}`;
  const answer = await check(connection, { address, service, agent }, end - Date.now());
  connection.destroy();
  if (answer === "noServer") {
    return failure(
      `timeout: failed to connect service ${goQuote(address)} within ${within}: context deadline exceeded`,
    );
  }
  if (answer === "late") return failure(`timeout: health rpc did not complete within ${within}`);
  const { code, message, status } = answer;
  if (code === UNIMPLEMENTED) {
    return failure(
      `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${message}`,
    );
  }
  if (code !== 0) {
    const name = CODES[code] ?? `Code(${code})`;
    return failure(`error: health rpc probe failed: rpc error: code = ${name} desc = ${message}`);
  }
  const name = STATUSES[status] ?? String(status);
  if (name !== "SERVING") return failure(`service unhealthy (responded with ${goQuote(name)})`);
  return { result: "success", output: "service healthy" };
}

function failure(output: string): ProbeResult {
  return { result: "failure", output };
}

/** gRPC tries again until its deadline. */
async function dialUntil(
  end: number,
  target: { namespace: string | undefined; host: string; port: number },
): Promise<Duplex | undefined> {
  for (let left = end - Date.now(); left > 0; left = end - Date.now()) {
    try {
      return await dialInside(target, left);
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(RETRY_MS, left)));
    }
  }
  return undefined;
}

interface CheckAnswer {
  readonly code: number;
  readonly message: string;
  readonly status: number;
}

interface CheckCall {
  readonly address: string;
  readonly service: string;
  readonly agent: string;
}

function check(
  connection: Duplex,
  { address, service, agent }: CheckCall,
  timeoutMs: number,
): Promise<CheckAnswer | "late" | "noServer"> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`, { createConnection: () => connection });
    let speaks = false;
    const finish = (answer: CheckAnswer | "late" | "noServer"): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(answer);
    };
    const timer = setTimeout(
      () => finish(speaks ? "late" : "noServer"),
      timerMs(Math.max(1, timeoutMs)),
    );
    session.on("remoteSettings", () => {
      speaks = true;
    });
    session.on("error", () => {});
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: "POST",
      [constants.HTTP2_HEADER_PATH]: "/grpc.health.v1.Health/Check",
      [constants.HTTP2_HEADER_CONTENT_TYPE]: "application/grpc",
      [constants.HTTP2_HEADER_TE]: "trailers",
      [constants.HTTP2_HEADER_USER_AGENT]: agent,
    });
    const parts: Buffer[] = [];
    let headers: IncomingHttpHeaders = {};
    stream.on("response", (found) => {
      headers = { ...headers, ...found };
    });
    stream.on("trailers", (found) => {
      headers = { ...headers, ...found };
    });
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("error", () => {});
    stream.on("close", () => {
      // A server of another kind never sends its settings; gRPC waits for them.
      if (speaks) finish(answerOf(headers, Buffer.concat(parts)));
    });
    stream.end(requestOf(service));
  });
}

/** A gRPC frame around HealthCheckRequest: field 1, the service's name. */
function requestOf(service: string): Buffer {
  const name = Buffer.from(service, "utf8");
  const message =
    name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a]), varint(name.length), name]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}

/** HealthCheckResponse: field 1, the status; absent means 0. */
function answerOf(headers: IncomingHttpHeaders, body: Buffer): CheckAnswer {
  const said = headers["grpc-status"];
  const http = Number(headers[":status"] ?? 0);
  const message = decode(String(headers["grpc-message"] ?? ""));
  const status = body[5] === 0x08 ? (body[6] ?? 0) : 0;
  if (said !== undefined) return { code: Number(said), message, status };
  const text = `unexpected HTTP status code received from server: ${http}`;
  return { code: http === 404 ? UNIMPLEMENTED : 2, message: text, status };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
