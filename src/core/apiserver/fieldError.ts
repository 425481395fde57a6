// One thing that validation refuses, worded as apimachinery's field errors are.
// @see apimachinery v0.37.2 pkg/util/validation/field/errors.go ErrorBody
import type { FieldPath } from "../model/finding.ts";
import type { Int64 } from "../model/json.ts";
import { goQuote } from "../rules/goText.ts";
import { type Path, pathSteps, pathText } from "./path.ts";

export interface FieldError {
  /** `FieldValueInvalid` … */
  readonly reason: string;
  readonly field: string;
  /** Without the field: `Invalid value: -1: must be …`. */
  readonly message: string;
  readonly path: FieldPath;
}

/** As it stands in the Status message. */
export function toSaid({ field, message, path }: FieldError): {
  readonly message: string;
  readonly path: FieldPath;
} {
  return { message: `${field}: ${message}`, path };
}

/** What a validation writes its errors into, in the server's order. */
export type FieldErrors = FieldError[];

/** `shown` is the value as Go prints it: a quoted string, a number, JSON. */
export function invalid(
  errors: FieldErrors,
  path: Path | undefined,
  shown: string,
  detail: string,
): void {
  add(errors, "FieldValueInvalid", path, detailed(`Invalid value: ${shown}`, detail));
}

/** A value that is too much to be shown. */
export function invalidWhole(errors: FieldErrors, path: Path, detail: string): void {
  add(errors, "FieldValueInvalid", path, `Invalid value: ${detail}`);
}

/** @see apimachinery v0.37.2 pkg/api/validation/generic.go ValidateNonnegativeField */
export function nonnegative(errors: FieldErrors, path: Path, value: Int64 | undefined): void {
  if (value === undefined || value >= 0) return;
  invalid(errors, path, String(value), "must be greater than or equal to 0");
}

/** A text, and all that is wrong with it. */
export function invalidText(
  errors: FieldErrors,
  path: Path | undefined,
  text: string,
  problems: readonly string[],
): void {
  for (const problem of problems) invalid(errors, path, goQuote(text), problem);
}

export function notSupported(
  errors: FieldErrors,
  path: Path,
  shown: string,
  values: readonly string[],
): void {
  const supported = values.map(goQuote).join(", ");
  const message = `Unsupported value: ${shown}: supported values: ${supported}`;
  add(errors, "FieldValueNotSupported", path, message);
}

export function required(errors: FieldErrors, path: Path, detail = ""): void {
  add(errors, "FieldValueRequired", path, detailed("Required value", detail));
}

export function forbidden(errors: FieldErrors, path: Path | undefined, detail: string): void {
  add(errors, "FieldValueForbidden", path, detailed("Forbidden", detail));
}

export function duplicate(errors: FieldErrors, path: Path, value: string | number): void {
  const shown = typeof value === "number" ? String(value) : goQuote(value);
  add(errors, "FieldValueDuplicate", path, `Duplicate value: ${shown}`);
}

export function notFound(errors: FieldErrors, path: Path, value: string, detail = ""): void {
  add(errors, "FieldValueNotFound", path, detailed(`Not found: ${goQuote(value)}`, detail));
}

export function tooLong(errors: FieldErrors, path: Path, bytes: number): void {
  add(errors, "FieldValueTooLong", path, `Too long: may not be more than ${bytes} bytes`);
}

export function tooMany(errors: FieldErrors, path: Path, actual: number, most: number): void {
  const message = `Too many: ${actual}: must have at most ${most} items`;
  add(errors, "FieldValueTooMany", path, message);
}

/**
 * Each error once, the first of equal ones.
 * @see apimachinery v0.37.2 pkg/util/validation/field/errors.go ToAggregate
 */
export function distinct(errors: readonly FieldError[]): FieldError[] {
  const seen = new Set<string>();
  return errors.filter(({ field, message }) => {
    const text = `${field}: ${message}`;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function detailed(what: string, detail: string): string {
  return detail === "" ? what : `${what}: ${detail}`;
}

function add(errors: FieldErrors, reason: string, path: Path | undefined, message: string): void {
  errors.push({ reason, field: pathText(path), message, path: pathSteps(path) });
}
