// JSON text as Go's encoding/json reads it, and what it says of text that is none.

/** `problem` in Go's words. */
export class JsonTextError extends Error {
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(problem);
    this.offset = offset;
  }
}

export interface JsonScanner {
  readonly text: string;
  pos: number;
}

const WHITE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// Unrolled, so that a long string costs no backtracking stack.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const STRING = /"[^"\\\0-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\0-\x1f]*)*/y;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function skipWhite(scanner: JsonScanner): string {
  WHITE.lastIndex = scanner.pos;
  WHITE.test(scanner.text);
  scanner.pos = WHITE.lastIndex;
  return scanner.text.charAt(scanner.pos);
}

/** Go's decoder says where it was when the character came that fits nowhere. @throws JsonTextError */
export function unexpected(
  scanner: JsonScanner,
  context: string,
  offset: number = scanner.pos,
): never {
  if (offset >= scanner.text.length) throw new JsonTextError("unexpected EOF", offset);
  const char = String.fromCodePoint(scanner.text.codePointAt(offset) ?? 0);
  throw new JsonTextError(`invalid character ${quoted(char)} ${context}`, offset);
}

/** Go looks at bytes, and takes the first of a longer character for one of Latin-1. */
function quoted(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  const code = char.codePointAt(0) ?? 0;
  const lead = code < 0x80 ? code : leadByte(code);
  const text = JSON.stringify(String.fromCharCode(lead)).slice(1, -1);
  return `'${text.replace(/^\\u00/, "\\x")}'`;
}

function leadByte(code: number): number {
  if (code < 0x800) return 0xc0 | (code >> 6);
  return code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
}

/** @throws JsonTextError */
export function readString(scanner: JsonScanner): string {
  const { text, pos: start } = scanner;
  STRING.lastIndex = start;
  STRING.test(text);
  const end = STRING.lastIndex;
  if (text[end] !== '"') failString(scanner, end);
  scanner.pos = end + 1;
  const value = JSON.parse(text.slice(start, end + 1)) as string;
  return value.replace(LONE_SURROGATE, "\ufffd");
}

function failString(scanner: JsonScanner, at: number): never {
  const { text } = scanner;
  if (text[at] !== "\\") unexpected(scanner, "in string literal", at);
  if (text[at + 1] !== "u") unexpected(scanner, "in string escape code", at + 1);
  let digit = at + 2;
  while (/[0-9a-fA-F]/.test(text.charAt(digit))) digit += 1;
  unexpected(scanner, "in \\u hexadecimal character escape", digit);
}

/** The digits as written. @throws JsonTextError */
export function readNumber(scanner: JsonScanner): string {
  const { text, pos: start } = scanner;
  NUMBER.lastIndex = start;
  if (!NUMBER.test(text)) {
    if (text[start] !== "-") unexpected(scanner, "looking for beginning of value");
    unexpected(scanner, "in numeric literal", start + 1);
  }
  const end = NUMBER.lastIndex;
  const digits = text.slice(start, end);
  if (text[end] === "." && !/[.eE]/.test(digits)) {
    unexpected(scanner, "after decimal point in numeric literal", end + 1);
  }
  if (/[eE]/.test(text.charAt(end)) && !/[eE]/.test(digits)) {
    const sign = /[+-]/.test(text.charAt(end + 1)) ? 1 : 0;
    unexpected(scanner, "in exponent of numeric literal", end + 1 + sign);
  }
  scanner.pos = end;
  return digits;
}

/** `true`, `false` or `null`. @throws JsonTextError */
export function readWord(scanner: JsonScanner, word: string): void {
  for (let index = 1; index < word.length; index += 1) {
    if (scanner.text[scanner.pos + index] === word[index]) continue;
    const context = `in literal ${word} (expecting '${word[index]}')`;
    unexpected(scanner, context, scanner.pos + index);
  }
  scanner.pos += word.length;
}
