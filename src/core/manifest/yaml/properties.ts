// Anchors, aliases and tags.
import { EXCLAMATION, GREATER, isBlankOrEnd, isWord, LESS, PERCENT } from "./characters.ts";
import { type Scanner, scannerError } from "./scannerState.ts";
import { pushToken } from "./tokenQueue.ts";

/** What may stand right behind an anchor's name. */
const BEHIND_ANCHOR = "?:,]}%@`";
const URI = ";/?:@&=+$,.!~*'()[]%";

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_anchor */
export function scanAnchor(scanner: Scanner, type: "alias" | "anchor"): void {
  const { text, pos: start } = scanner;
  scanner.pos += 1;
  const value = readWord(scanner);
  const behind = text.charCodeAt(scanner.pos);
  if (value === "" || !(isBlankOrEnd(behind) || BEHIND_ANCHOR.includes(text.charAt(scanner.pos)))) {
    throw scannerError(scanner, "did not find expected alphabetic or numeric character");
  }
  pushToken(scanner, type, start, scanner.pos, { value });
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_tag */
export function scanTag(scanner: Scanner): void {
  const { text, pos: start } = scanner;
  let handle = "";
  let suffix = "";
  if (text.charCodeAt(start + 1) === LESS) {
    scanner.pos += 2;
    suffix = readTagUri(scanner, "");
    if (text.charCodeAt(scanner.pos) !== GREATER) {
      throw scannerError(scanner, "did not find the expected '>'");
    }
    scanner.pos += 1;
  } else {
    handle = readTagHandle(scanner, false);
    if (handle.length > 1 && handle.endsWith("!")) suffix = readTagUri(scanner, "");
    else {
      suffix = readTagUri(scanner, handle);
      handle = suffix === "" ? "" : "!";
      if (suffix === "") suffix = "!";
    }
  }
  if (!isBlankOrEnd(text.charCodeAt(scanner.pos))) {
    throw scannerError(scanner, "did not find expected whitespace or line break");
  }
  pushToken(scanner, "tag", start, scanner.pos, { value: handle, suffix });
}

export function readWord(scanner: Scanner): string {
  const from = scanner.pos;
  while (isWord(scanner.text.charCodeAt(scanner.pos))) scanner.pos += 1;
  return scanner.text.slice(from, scanner.pos);
}

/** `!`, `!!` or `!word!`; of a tag (not of a directive) also `!word`, which is no handle but the tag's beginning. */
export function readTagHandle(scanner: Scanner, directive: boolean): string {
  if (scanner.text.charCodeAt(scanner.pos) !== EXCLAMATION) {
    throw scannerError(scanner, "did not find expected '!'");
  }
  scanner.pos += 1;
  const handle = `!${readWord(scanner)}`;
  if (scanner.text.charCodeAt(scanner.pos) === EXCLAMATION) {
    scanner.pos += 1;
    return `${handle}!`;
  }
  if (directive && handle !== "!") throw scannerError(scanner, "did not find expected '!'");
  return handle;
}

/** `head` was read already; its first `!` is not part of the tag. */
export function readTagUri(scanner: Scanner, head: string): string {
  const { text } = scanner;
  let uri = head.slice(1);
  const from = scanner.pos;
  for (;;) {
    const code = text.charCodeAt(scanner.pos);
    if (code === PERCENT) uri += readUriEscape(scanner);
    else if (isWord(code) || (code !== 0 && URI.includes(text.charAt(scanner.pos)))) {
      uri += text.charAt(scanner.pos);
      scanner.pos += 1;
    } else break;
  }
  if (head === "" && scanner.pos === from) {
    throw scannerError(scanner, "did not find expected tag URI");
  }
  return uri;
}

const ESCAPED_OCTET = /%([0-9A-Fa-f]{2})/y;

/** One character in UTF-8, each octet as `%XX`. */
function readUriEscape(scanner: Scanner): string {
  const from = scanner.pos;
  const lead = readOctet(scanner);
  const width = octetsOf(lead);
  if (width === 0) throw scannerError(scanner, "found an incorrect leading UTF-8 octet", from);
  for (let octet = 1; octet < width; octet += 1) {
    const at = scanner.pos;
    if ((readOctet(scanner) & 0xc0) === 0x80) continue;
    throw scannerError(scanner, "found an incorrect trailing UTF-8 octet", at);
  }
  const escaped = scanner.text.slice(from, scanner.pos);
  try {
    return decodeURIComponent(escaped);
  } catch {
    // An overlong form or a surrogate: bytes to Go, and the tag of no known type either way.
    return escaped;
  }
}

function readOctet(scanner: Scanner): number {
  ESCAPED_OCTET.lastIndex = scanner.pos;
  const digits = ESCAPED_OCTET.exec(scanner.text)?.[1];
  if (digits === undefined) throw scannerError(scanner, "did not find URI escaped octet");
  scanner.pos += 3;
  return Number.parseInt(digits, 16);
}

function octetsOf(lead: number): number {
  if (lead < 0x80) return 1;
  if ((lead & 0xe0) === 0xc0) return 2;
  if ((lead & 0xf0) === 0xe0) return 3;
  return (lead & 0xf8) === 0xf0 ? 4 : 0;
}
