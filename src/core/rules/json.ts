// Reads and writes JSON text without losing an integer: what Go's decoder keeps, secctx keeps.
import { type Int64, JsonDecimal, type JsonValue } from "../model/json.ts";

/** `text` is not JSON; `offset` counts UTF-16 units from 0. */
export class JsonSyntaxError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export interface ParseJsonOptions {
  /** Called for every key that an object has twice, with the path of the object (the last value wins). */
  readonly onDuplicate?: (key: string, path: readonly (string | number)[]) => void;
  /**
   * Filled with every object that has a key twice: all its members in the order of the text, since the object itself
   * can hold only the last of each.
   */
  readonly duplicates?: Map<JsonValue, readonly (readonly [string, JsonValue])[]>;
  /**
   * Keep whole numbers written with a fraction or exponent as JsonDecimal; `all` keeps every number so written, with
   * its spelling. Off: they become numbers.
   */
  readonly keepDecimals?: boolean | "all";
  /** Deepest nesting accepted; default 1 000, which the stack surely holds (Go stops at 10 000). */
  readonly maxDepth?: number;
}

/** The smallest exact form of an integer written in decimal digits. */
export function int64(digits: string): Int64 {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

/**
 * Parses one JSON text. Integers beyond 2^53 become bigint.
 * @throws JsonSyntaxError
 * @example parseJson("9007199254740993") // 9007199254740993n
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): JsonValue {
  const reader = new Reader(text, options);
  const value = reader.value([]);
  reader.end();
  return value;
}

const WHITE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// Unrolled, so that a long string costs no backtracking stack.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

class Reader {
  private at = 0;
  private depth = 0;
  private readonly text: string;
  private readonly options: ParseJsonOptions;

  constructor(text: string, options: ParseJsonOptions) {
    this.text = text;
    this.options = options;
  }

  value(path: (string | number)[]): JsonValue {
    this.white();
    const char = this.text[this.at];
    if (char === "{") return this.nested(() => this.object(path));
    if (char === "[") return this.nested(() => this.array(path));
    if (char === '"') return this.string();
    for (const [word, value] of LITERALS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  end(): void {
    this.white();
    if (this.at < this.text.length) this.fail();
  }

  private nested(read: () => JsonValue): JsonValue {
    this.depth += 1;
    if (this.depth > (this.options.maxDepth ?? 1_000)) {
      throw new JsonSyntaxError("exceeded max depth", this.at);
    }
    const value = read();
    this.depth -= 1;
    return value;
  }

  private object(path: (string | number)[]): JsonValue {
    const object: Record<string, JsonValue> = {};
    let members: [string, JsonValue][] | undefined;
    this.at += 1;
    this.white();
    if (this.take("}")) return object;
    do {
      this.white();
      const key = this.string();
      this.white();
      if (!this.take(":")) this.fail();
      if (Object.hasOwn(object, key)) {
        this.options.onDuplicate?.(key, path);
        if (this.options.duplicates !== undefined) members ??= Object.entries(object);
      }
      const value = this.value([...path, key]);
      members?.push([key, value]);
      // A document may call a key __proto__; it must stay data.
      if (key === "__proto__") {
        Object.defineProperty(object, key, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      } else object[key] = value;
      this.white();
    } while (this.take(","));
    if (!this.take("}")) this.fail();
    if (members !== undefined) this.options.duplicates?.set(object, members);
    return object;
  }

  private array(path: (string | number)[]): JsonValue {
    const array: JsonValue[] = [];
    this.at += 1;
    this.white();
    if (this.take("]")) return array;
    do {
      array.push(this.value([...path, array.length]));
      this.white();
    } while (this.take(","));
    if (!this.take("]")) this.fail();
    return array;
  }

  private string(): string {
    STRING.lastIndex = this.at;
    const match = STRING.exec(this.text);
    if (match === null) return this.fail();
    this.at = STRING.lastIndex;
    return JSON.parse(match[0]) as string;
  }

  private number(): JsonValue {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) return this.fail();
    this.at = NUMBER.lastIndex;
    if (match[1] === undefined && match[2] === undefined) return int64(match[0]);
    const value = Number(match[0]);
    const { keepDecimals } = this.options;
    const keep =
      keepDecimals === "all" ||
      (keepDecimals === true && (Number.isInteger(value) || !Number.isFinite(value)));
    return keep ? new JsonDecimal(match[0]) : value;
  }

  private white(): void {
    WHITE.lastIndex = this.at;
    WHITE.exec(this.text);
    this.at = WHITE.lastIndex;
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private fail(): never {
    const message =
      this.at >= this.text.length
        ? "unexpected end of JSON input"
        : `invalid character '${this.text[this.at]}' at offset ${this.at}`;
    throw new JsonSyntaxError(message, this.at);
  }
}

export interface WriteJsonOptions {
  /** Spaces per level; 0 (default) writes one line. */
  readonly indent?: number;
}

/**
 * Writes JSON text; bigint and JsonDecimal keep their digits; keys with undefined are left out.
 * @throws TypeError for a value that JSON has no form for
 */
export function writeJson(value: unknown, options: WriteJsonOptions = {}): string {
  return write(value, options.indent ?? 0, "");
}

function write(value: unknown, indent: number, margin: string): string {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof JsonDecimal) return value.literal;
  if (value === null || typeof value !== "object") {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError(`no JSON form for ${typeof value}`);
    return text;
  }
  const inner = margin + " ".repeat(indent);
  const [open, close, parts] = Array.isArray(value)
    ? ["[", "]", value.map((item) => write(item ?? null, indent, inner))]
    : ["{", "}", members(value, indent, inner)];
  if (parts.length === 0) return open + close;
  if (indent === 0) return open + parts.join(",") + close;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${margin}${close}`;
}

function members(object: object, indent: number, margin: string): string[] {
  const colon = indent === 0 ? ":" : ": ";
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => JSON.stringify(key) + colon + write(value, indent, margin));
}
