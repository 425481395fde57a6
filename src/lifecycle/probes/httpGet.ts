// One GET request as Go's client sends it for the kubelet: from inside the pod's network, certificates not looked at.
import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { connect as tlsConnect } from "node:tls";
import { isJsonObject, type JsonObject } from "../../core/model/json.ts";
import { timerMs } from "../../node/clock.ts";
import { DialError, dialInside } from "../../node/dialInside.ts";
import { type Reach, resolveContainerPort } from "./handler.ts";

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/**
 * @param purpose `probe` or `lifecycle`, for the user agent
 * @see kubernetes v1.37.2 pkg/probe/http/request.go NewRequestForHTTPGetAction
 */
export function newRequest(
  action: JsonObject,
  reach: Reach,
  purpose: "probe" | "lifecycle",
): HttpRequest | { readonly error: string } {
  const port = resolveContainerPort(action["port"], reach.container);
  if (typeof port === "object") return port;
  const scheme = String(action["scheme"] || "HTTP").toLowerCase();
  const host = String(action["host"] || reach.podIP);
  const address = host.includes(":") ? `[${host}]` : host;
  const path = String(action["path"] ?? "");
  const url = new URL(`${scheme}://${address}:${port}/`);
  const [before = "", query] = path.split("#", 1)[0]?.split(/\?(.*)/s) ?? [];
  url.pathname = before;
  if (query !== undefined) url.search = query;
  return { url, headers: headersOf(action, `kube-${purpose}/${reach.kubernetes}`) };
}

function headersOf(action: JsonObject, userAgent: string): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  const told = Array.isArray(action["httpHeaders"]) ? action["httpHeaders"] : [];
  for (const header of told.filter(isJsonObject)) {
    const name = canonical(String(header["name"]));
    headers[name] = [...(headers[name] ?? []), String(header["value"] ?? "")];
  }
  headers["User-Agent"] ??= [userAgent];
  headers["Accept"] ??= ["*/*"];
  if (headers["Accept"]?.[0] === "") delete headers["Accept"];
  return headers;
}

/** As Go spells header names: `X-Custom-Header`. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

export interface HttpAnswer {
  readonly status: number;
  readonly location: string | undefined;
  /** Its first 10 KiB. */
  readonly body: string;
}

const MAX_BODY = 10 * 1024;

/** The request failed; the message is Go's, without the URL in front. */
export class HttpError extends Error {}

/** @throws HttpError */
export async function get(
  { url, headers }: HttpRequest,
  namespace: string | undefined,
  timeoutMs: number,
): Promise<HttpAnswer> {
  const end = Date.now() + timeoutMs;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  let connection: Duplex;
  try {
    connection = await dialInside({ namespace, host, port }, timeoutMs);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    const late = error.timedOut ? ` ${EXCEEDED}` : "";
    throw new HttpError(`${error.message}${late}`);
  }
  try {
    return await exchange(connection, { url, headers }, end - Date.now());
  } finally {
    connection.destroy();
  }
}

const EXCEEDED = "(Client.Timeout exceeded while awaiting headers)";

function exchange(
  connection: Duplex,
  { url, headers }: HttpRequest,
  timeoutMs: number,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(new HttpError(goText(error)));
    };
    const timer = setTimeout(
      () => reject(new HttpError(`context deadline exceeded ${EXCEEDED}`)),
      timerMs(Math.max(1, timeoutMs)),
    );
    const secure = url.protocol === "https:";
    const stream = secure
      ? tlsConnect({ socket: connection, rejectUnauthorized: false })
      : connection;
    stream.on("error", fail);
    const request = httpRequest({
      createConnection: () => stream,
      method: "GET",
      path: `${url.pathname}${url.search}`,
      headers: {
        Host: url.host,
        ...Object.fromEntries(Object.entries(headers)),
        Connection: "close",
      },
    });
    request.on("error", fail);
    request.on("response", (response) => {
      void bodyOf(response).then((body) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, body });
      }, fail);
    });
    request.end();
  });
}

function bodyOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const done = (): void => resolve(Buffer.concat(parts).subarray(0, MAX_BODY).toString("utf8"));
    response.on("data", (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size >= MAX_BODY) done();
    });
    response.on("end", done);
    response.on("aborted", () => reject(new Error("unexpected EOF")));
    response.on("error", reject);
  });
}

const GO_TEXTS: Readonly<Record<string, string>> = {
  ECONNRESET: "EOF",
  ERR_SSL_WRONG_VERSION_NUMBER: "http: server gave HTTP response to HTTPS client",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "http: server gave HTTP response to HTTPS client",
  ERR_SSL_HTTP_REQUEST: "http: server gave HTTP response to HTTPS client",
};

function goText(error: NodeJS.ErrnoException): string {
  const { code = "", message } = error;
  if (code.startsWith("HPE_"))
    return "net/http: HTTP/1.x transport connection broken: malformed HTTP response";
  return GO_TEXTS[code] ?? message;
}
