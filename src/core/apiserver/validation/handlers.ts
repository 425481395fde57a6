// What a probe or a hook does: run a command, ask over HTTP, TCP or gRPC, or sleep; one of them.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateHandler
import { type Int64, isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  notSupported,
  required,
} from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { intOf, objectsOf, textOf, textsOf } from "./members.ts";
import { isValidPortName } from "./names.ts";
import { isHttpHeaderName } from "./textForms.ts";

const SCHEMES: readonly string[] = ["HTTP", "HTTPS"];
const PROTOCOLS: readonly string[] = ["HTTP1", "HTTP2"];
const GRPC_MODES: readonly string[] = ["Plaintext", "TLS"];

type Action = (errors: FieldErrors, path: Path, action: JsonObject, gracePeriod: Int64) => void;
/** In the server's order. */
const ACTIONS: readonly (readonly [name: string, validate: Action])[] = [
  ["exec", validateExec],
  ["httpGet", validateHttpGet],
  ["tcpSocket", validateTcpSocket],
  ["grpc", validateGrpc],
  ["sleep", validateSleep],
];

/** `names` are those that the kind of handler has. */
export function validateHandler(
  errors: FieldErrors,
  path: Path,
  handler: JsonObject,
  gracePeriod: Int64,
): void {
  let handlers = 0;
  for (const [name, validate] of ACTIONS) {
    const action = handler[name];
    if (!isJsonObject(action)) continue;
    handlers += 1;
    if (handlers === 1) validate(errors, child(path, name), action, gracePeriod);
    else forbidden(errors, child(path, name), "may not specify more than 1 handler type");
  }
  if (handlers === 0) required(errors, path, "must specify a handler type");
}

function validateExec(errors: FieldErrors, path: Path, exec: JsonObject): void {
  if (textsOf(exec, "command").length === 0) required(errors, child(path, "command"));
}

function validateHttpGet(errors: FieldErrors, path: Path, http: JsonObject): void {
  validatePortNumOrName(errors, child(path, "port"), http["port"]);
  const scheme = textOf(http, "scheme") || "HTTP";
  if (!SCHEMES.includes(scheme)) {
    notSupported(errors, child(path, "scheme"), goJsonString(scheme), SCHEMES);
  }
  for (const header of objectsOf(http, "httpHeaders")) {
    const name = textOf(header, "name");
    invalidText(errors, child(path, "httpHeaders"), name, isHttpHeaderName(name));
  }
  const { protocol } = http;
  if (typeof protocol !== "string") return;
  const host = textOf(http, "host");
  const protocolPath = child(path, "protocol");
  if (!PROTOCOLS.includes(protocol)) {
    notSupported(errors, protocolPath, goJsonString(protocol), PROTOCOLS);
  } else if (protocol === "HTTP2" && scheme !== "HTTP") {
    invalid(errors, protocolPath, goJsonString(protocol), "is only supported with HTTP (H2C)");
  } else if (protocol === "HTTP2" && host !== "") {
    const detail = 'must be empty when `protocol` is "HTTP2"';
    invalid(errors, child(path, "host"), goQuote(host), detail);
  }
}

function validateTcpSocket(errors: FieldErrors, path: Path, tcp: JsonObject): void {
  validatePortNumOrName(errors, child(path, "port"), tcp["port"]);
}

function validateGrpc(errors: FieldErrors, path: Path, grpc: JsonObject): void {
  validatePortNumOrName(errors, child(path, "port"), grpc["port"]);
  const { mode } = grpc;
  if (typeof mode !== "string" || GRPC_MODES.includes(mode)) return;
  notSupported(errors, child(path, "mode"), goJsonString(mode), GRPC_MODES);
}

function validateSleep(
  errors: FieldErrors,
  path: Path,
  sleep: JsonObject,
  gracePeriod: Int64,
): void {
  const seconds = intOf(sleep, "seconds") ?? 0;
  if (seconds >= 0 && seconds <= gracePeriod) return;
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
  invalid(errors, path, String(seconds), detail);
}

function validatePortNumOrName(errors: FieldErrors, path: Path, port: JsonValue | undefined): void {
  if (typeof port === "string") {
    invalidText(errors, path, port, isValidPortName(port));
    return;
  }
  const number = Number(port ?? 0);
  if (number >= 1 && number <= 65535) return;
  invalid(errors, path, String(number), "must be between 1 and 65535, inclusive");
}
