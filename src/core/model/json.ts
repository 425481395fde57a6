// The values that a JSON or YAML document can hold, with integers kept exact beyond 2^53.

/** A 64-bit integer: a number when it is safe (|n| ≤ 2^53 − 1), a bigint otherwise. Never a bigint for a safe value. */
export type Int64 = number | bigint;

/** A number whose JSON spelling has a fraction or an exponent though its value is whole (`1000.0`, `1e3`): Go refuses it for an integer field, JavaScript could not tell. */
export class JsonDecimal {
  readonly literal: string;
  constructor(literal: string) {
    this.literal = literal;
  }
}

export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonDecimal
  | readonly JsonValue[]
  | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Is it a JSON object (not null, not a list, not a number kept by its spelling)? */
export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonDecimal)
  );
}
