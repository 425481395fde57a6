// Scalars in single or double quotes.
import { foldBlanks } from "./blanks.ts";
import { BACKSLASH, DOUBLE_QUOTE, isBlankOrEnd, isBreak, SINGLE_QUOTE } from "./characters.ts";
import { atDocumentIndicator, readBreak, type Scanner, scannerError } from "./scannerState.ts";
import { pushScalar } from "./tokenQueue.ts";

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_flow_scalar */
export function scanQuotedScalar(scanner: Scanner, quote: number): void {
  const { text, pos: start } = scanner;
  let value = "";
  scanner.pos += 1;
  for (;;) {
    if (atDocumentIndicator(scanner)) {
      throw scannerError(scanner, "found unexpected document indicator");
    }
    if (text.charCodeAt(scanner.pos) === 0) {
      throw scannerError(scanner, "found unexpected end of stream", start);
    }
    scanner.brokeLine = false;
    value += quote === SINGLE_QUOTE ? readSingleRun(scanner) : readDoubleRun(scanner);
    if (text.charCodeAt(scanner.pos) === quote) break;
    value += foldBlanks(scanner, { afterBreak: scanner.brokeLine });
  }
  scanner.pos += 1;
  pushScalar(scanner, { start, end: scanner.pos, value, plain: false });
}

/** Up to white space or the closing quote. */
function readSingleRun(scanner: Scanner): string {
  const { text } = scanner;
  let value = "";
  let from = scanner.pos;
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isBlankOrEnd(code)) break;
    if (code === SINGLE_QUOTE) {
      if (text.charCodeAt(at + 1) !== SINGLE_QUOTE) break;
      value += text.slice(from, at + 1);
      at += 1;
      from = at + 1;
    }
    at += 1;
  }
  scanner.pos = at;
  return value + text.slice(from, at);
}

/** Up to white space, the closing quote or an escaped line break (then `brokeLine` is set). */
function readDoubleRun(scanner: Scanner): string {
  const { text } = scanner;
  let value = "";
  let from = scanner.pos;
  for (;;) {
    const code = text.charCodeAt(scanner.pos);
    if (isBlankOrEnd(code) || code === DOUBLE_QUOTE) break;
    if (code !== BACKSLASH) {
      scanner.pos += 1;
      continue;
    }
    value += text.slice(from, scanner.pos);
    if (isBreak(text.charCodeAt(scanner.pos + 1))) {
      scanner.pos += 1;
      readBreak(scanner);
      scanner.brokeLine = true;
      return value;
    }
    value += readEscape(scanner);
    from = scanner.pos;
  }
  return value + text.slice(from, scanner.pos);
}

/** YAML 1.1's: neither JSON's `\/` nor its surrogate pairs. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);
const HEX_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);
const HEX = /^[0-9A-Fa-f]+$/;

function readEscape(scanner: Scanner): string {
  const { text, pos } = scanner;
  const letter = text.charAt(pos + 1);
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) {
    scanner.pos += 2;
    return simple;
  }
  const length = HEX_ESCAPES.get(letter);
  if (length === undefined) throw scannerError(scanner, "found unknown escape character");
  const digits = text.slice(pos + 2, pos + 2 + length);
  if (digits.length < length || !HEX.test(digits)) {
    throw scannerError(scanner, "did not find expected hexdecimal number");
  }
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerError(scanner, "found invalid Unicode character escape code");
  }
  scanner.pos += 2 + length;
  return String.fromCodePoint(code);
}
