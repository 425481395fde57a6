// What Go's encoding/json says of a text that is no JSON: the messages of its scanner.
// @see go src/encoding/json/scanner.go checkValid
import { goQuote } from "./goText.ts";

const END = "unexpected end of JSON input";
const MAX_DEPTH = 10_000;

type Step = { readonly at: number; readonly error?: undefined } | { readonly error: string };

/**
 * The scanner's message, undefined for valid JSON.
 * @example goJsonSyntaxError("{a}") // invalid character 'a' looking for beginning of object key string
 */
export function goJsonSyntaxError(text: string): string | undefined {
  /** What closes the objects and lists that are open. */
  const open: ("}" | "]")[] = [];
  let at = 0;
  let wanted: "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "next" = "value";
  for (;;) {
    at = skipWhite(text, at);
    const char = text[at];
    if (char === undefined) return wanted === "next" && open.length === 0 ? undefined : END;
    if (wanted === "next") {
      const closing = open.at(-1);
      if (closing === undefined) return invalid(text, at, "after top-level value");
      if (char === ",") wanted = closing === "}" ? "key" : "value";
      else if (char === closing) open.pop();
      else {
        const place = closing === "}" ? "object key:value pair" : "array element";
        return invalid(text, at, `after ${place}`);
      }
      at += 1;
    } else if (wanted === "colon") {
      if (char !== ":") return invalid(text, at, "after object key");
      wanted = "value";
      at += 1;
    } else if (wanted === "key" || wanted === "keyOrEnd") {
      if (char === "}" && wanted === "keyOrEnd") {
        open.pop();
        wanted = "next";
        at += 1;
        continue;
      }
      if (char !== '"') return invalid(text, at, "looking for beginning of object key string");
      const step = scanString(text, at);
      if (step.error !== undefined) return step.error;
      at = step.at;
      wanted = "colon";
    } else if (char === "{" || char === "[") {
      if (open.length === MAX_DEPTH) return "exceeded max depth";
      open.push(char === "{" ? "}" : "]");
      wanted = char === "{" ? "keyOrEnd" : "valueOrEnd";
      at += 1;
    } else if (char === "]" && wanted === "valueOrEnd") {
      open.pop();
      wanted = "next";
      at += 1;
    } else {
      const step = scanScalar(text, at);
      if (step.error !== undefined) return step.error;
      at = step.at;
      wanted = "next";
    }
  }
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function scanScalar(text: string, at: number): Step {
  const char = text.charAt(at);
  if (char === '"') return scanString(text, at);
  for (const word of ["true", "false", "null"]) {
    if (word.startsWith(char)) return scanWord(text, at, word);
  }
  if (char === "-" || isDigit(char)) return scanNumber(text, at);
  return { error: invalid(text, at, "looking for beginning of value") };
}

function scanWord(text: string, from: number, word: string): Step {
  for (let index = 1; index < word.length; index += 1) {
    const expected = word.charAt(index);
    if (text[from + index] === expected) continue;
    return { error: invalid(text, from + index, `in literal ${word} (expecting '${expected}')`) };
  }
  return { at: from + word.length };
}

function scanString(text: string, from: number): Step {
  let at = from + 1;
  for (;;) {
    const char = text[at];
    if (char === '"') return { at: at + 1 };
    if (char === undefined) return { error: END };
    if (char < " ") return { error: invalid(text, at, "in string literal") };
    if (char !== "\\") {
      at += 1;
      continue;
    }
    const escaped = text[at + 1];
    if (escaped === undefined || !'bfnrt\\/"u'.includes(escaped)) {
      return { error: invalid(text, at + 1, "in string escape code") };
    }
    at += 2;
    for (let hex = 0; escaped === "u" && hex < 4; hex += 1, at += 1) {
      if (/^[0-9a-fA-F]$/.test(text[at] ?? "")) continue;
      return { error: invalid(text, at, "in \\u hexadecimal character escape") };
    }
  }
}

function scanNumber(text: string, from: number): Step {
  let at = text[from] === "-" ? from + 1 : from;
  if (!isDigit(text[at])) return { error: invalid(text, at, "in numeric literal") };
  at = text[at] === "0" ? at + 1 : skipDigits(text, at);
  if (text[at] === ".") {
    at += 1;
    if (!isDigit(text[at])) {
      return { error: invalid(text, at, "after decimal point in numeric literal") };
    }
    at = skipDigits(text, at);
  }
  if (text[at] === "e" || text[at] === "E") {
    at += 1;
    if (text[at] === "+" || text[at] === "-") at += 1;
    if (!isDigit(text[at])) return { error: invalid(text, at, "in exponent of numeric literal") };
    at = skipDigits(text, at);
  }
  return { at };
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text[at])) at += 1;
  return at;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

/** At the end of the text Go tries a blank, which only white space and strings can take. */
function invalid(text: string, at: number, context: string): string {
  const code = text.codePointAt(at) ?? 0x20;
  return `invalid character ${quoteChar(firstByte(code))} ${context}`;
}

/** Go's scanner looks at bytes. */
function firstByte(code: number): number {
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6);
  return code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
}

function quoteChar(byte: number): string {
  const char = String.fromCharCode(byte);
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  return `'${goQuote(char).slice(1, -1)}'`;
}
