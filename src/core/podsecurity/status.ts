// The API server's answers to what it refuses: Status objects and the sentences in them.
import { goQuote } from "../rules/goText.ts";

export interface Status {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata: object;
  readonly status: "Failure";
  readonly message: string;
  /** `Forbidden`, `Invalid`. */
  readonly reason: string;
  /** Name and kind of the object; of an invalid one, each cause with its field. */
  readonly details?: object;
  readonly code: number;
}

/** One error of a field; `reason` is FieldValueInvalid unless told. */
export interface FieldError {
  readonly field: string;
  readonly body: string;
  readonly reason?: string;
}

const FAILURE = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure" } as const;

/** @see apimachinery v0.37.2 pkg/api/errors/errors.go NewForbidden */
export function newForbidden(name: string, message: string): Status {
  const details = { ...(name === "" ? {} : { name }), kind: "pods" };
  return { ...FAILURE, message, reason: "Forbidden", details, code: 403 };
}

/** @see apimachinery v0.37.2 pkg/api/errors/errors.go NewInvalid */
export function newInvalid(kind: string, name: string, errors: readonly FieldError[]): Status {
  const message = `${kind} ${goQuote(name)} is invalid: ${aggregate(errors)}`;
  const causes = errors.map(({ field, body, reason = "FieldValueInvalid" }) => ({
    reason,
    message: body,
    field,
  }));
  const details = { ...(name === "" ? {} : { name }), kind, causes };
  return { ...FAILURE, message, reason: "Invalid", details, code: 422 };
}

/** One error as it is, several in brackets, the same words once. */
export function aggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(({ field, body }) => `${field}: ${body}`))];
  return texts.length === 1 ? texts.join() : `[${texts.join(", ")}]`;
}
