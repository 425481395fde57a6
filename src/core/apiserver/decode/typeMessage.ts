// The words of Go's decoder for a value of the wrong type.
// @see sigs.k8s.io/json internal/golang/encoding/json/decode.go UnmarshalTypeError
import { JsonDecimal } from "../../model/json.ts";
import type { Kind } from "./schema.ts";

/** Where the decoder stands, as its messages say it. */
export interface GoPlace {
  readonly struct: string;
  /** Struct fields only, embedding structs by their Go names. */
  readonly fieldStack: readonly string[];
}

/** @param integer one was wanted: Go prints the number */
export function typeMessage(
  { struct, fieldStack }: GoPlace,
  raw: unknown,
  goType: string,
  integer: boolean,
): string {
  const where =
    struct === "" && fieldStack.length === 0
      ? "Go value"
      : `Go struct field ${struct}.${fieldStack.join(".")}`;
  return `json: cannot unmarshal ${described(raw, integer)} into ${where} of type ${goType}`;
}

/** What Go calls the JSON value; where an integer was wanted it prints the number. */
function described(raw: unknown, integer: boolean): string {
  if (typeof raw === "string") return "string";
  if (typeof raw === "boolean") return "bool";
  if (Array.isArray(raw)) return "array";
  if (isObject(raw)) return "object";
  return integer ? `number ${literalOf(raw)}` : "number";
}

export function literalOf(raw: unknown): string {
  return raw instanceof JsonDecimal ? raw.literal : String(raw);
}

export function isObject(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonDecimal)
  );
}

/** YAML's usual trap: what quotes make of a number or a boolean, and what their lack makes of a text. */
export function typeHint(raw: unknown, wanted: Kind): string | undefined {
  const isInteger = wanted === "int32" || wanted === "int64";
  if (typeof raw === "string") {
    const isBare = isInteger ? /^-?\d{1,19}$/.test(raw) : wanted === "bool" && BOOLEAN.test(raw);
    return isBare ? `write ${raw} without quotes` : undefined;
  }
  if (wanted !== "string" || raw === null) return undefined;
  const isScalar = typeof raw !== "object" || raw instanceof JsonDecimal;
  // Not with its value: of `0644` or `yes` the text is another than what YAML reads in it.
  return isScalar ? "put it in quotes" : undefined;
}

const BOOLEAN = /^(true|false)$/;
