// The Status objects with which the API server refuses a request.
// @see apimachinery v0.37.2 pkg/api/errors/errors.go
import type { JsonObject } from "../model/json.ts";
import { goQuote } from "../rules/goText.ts";
import type { FieldError } from "./fieldError.ts";

export interface Status {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata: JsonObject;
  readonly status: "Failure";
  readonly message: string;
  readonly reason: string;
  readonly details?: JsonObject;
  readonly code: number;
}

export function newBadRequest(message: string): Status {
  return status(400, "BadRequest", message);
}

/** For a kind that no built-in API serves. */
export function newNotFound(): Status {
  return status(404, "NotFound", "the server could not find the requested resource", {});
}

/** `errors` is not empty; the server tells each of them once. */
export function newInvalid(
  kind: string,
  group: string,
  name: string,
  errors: readonly FieldError[],
): Status {
  const qualified = group === "" ? kind : `${kind}.${group}`;
  const texts = errors.map(({ field, message }) => `${field}: ${message}`);
  const joined = texts.join(", ");
  const all = texts.length === 1 ? joined : `[${joined}]`;
  return status(422, "Invalid", `${qualified} ${goQuote(name)} is invalid: ${all}`, {
    ...(name === "" ? {} : { name }),
    ...(group === "" ? {} : { group }),
    kind,
    causes: errors.map(({ reason, message, field }) => ({ reason, message, field })),
  });
}

function status(code: number, reason: string, message: string, details?: JsonObject): Status {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  };
}
