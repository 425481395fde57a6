// Text → tokens, as go-yaml's scanner cuts it: which character begins what, and where blocks begin and end.
import { scanBlockScalar } from "./blockScalar.ts";
import {
  HASH,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  MINUS,
  PERCENT,
  PIPE,
  SPACE,
  TAB,
} from "./characters.ts";
import { scanDirective } from "./directives.ts";
import {
  fetchBlockEntry,
  fetchFlowEnd,
  fetchFlowEntry,
  fetchFlowStart,
  fetchKey,
  fetchValue,
  pushIndicator,
} from "./indicators.ts";
import { scanPlainScalar } from "./plainScalar.ts";
import { scanAnchor, scanTag } from "./properties.ts";
import { scanQuotedScalar } from "./quotedScalar.ts";
import {
  atDocumentIndicator,
  column,
  readBreak,
  type Scanner,
  scannerError,
  type Token,
} from "./scannerState.ts";
import { isKeyValid, removeSimpleKey, saveSimpleKey } from "./simpleKeys.ts";
import { pushToken } from "./tokenQueue.ts";

/** The next token, left in the queue. @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_fetch_more_tokens */
export function peekToken(scanner: Scanner): Token {
  for (;;) {
    const token = scanner.tokens[scanner.head];
    if (token !== undefined) {
      if (scanner.ready) return token;
      if (token.key === undefined || !isKeyValid(scanner, token.key)) {
        scanner.ready = true;
        return token;
      }
    }
    fetchNextToken(scanner);
  }
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_fetch_next_token */
function fetchNextToken(scanner: Scanner): void {
  scanToNextToken(scanner);
  unrollIndent(scanner, column(scanner));
  const { text, pos } = scanner;
  const code = text.charCodeAt(pos);
  if (code === 0) fetchStreamEnd(scanner);
  else if (code === PERCENT && pos === scanner.lineStart) fetchDirective(scanner);
  else if (atDocumentIndicator(scanner)) fetchDocumentIndicator(scanner, code);
  else (INDICATORS.get(code) ?? fetchPlainScalar)(scanner, code);
}

type Fetch = (scanner: Scanner, code: number) => void;

/** By the character that begins the token; any other begins a plain scalar. */
const INDICATORS: ReadonlyMap<number, Fetch> = new Map(
  Object.entries<Fetch>({
    "[": (scanner) => fetchFlowStart(scanner, "flowSequenceStart"),
    "{": (scanner) => fetchFlowStart(scanner, "flowMappingStart"),
    "]": (scanner) => fetchFlowEnd(scanner, "flowSequenceEnd"),
    "}": (scanner) => fetchFlowEnd(scanner, "flowMappingEnd"),
    ",": fetchFlowEntry,
    "*": (scanner) => fetchProperty(scanner, "alias"),
    "&": (scanner) => fetchProperty(scanner, "anchor"),
    "!": (scanner) => fetchProperty(scanner, "tag"),
    "'": fetchQuotedScalar,
    '"': fetchQuotedScalar,
    "-": (scanner, code) => fetchWhenAlone(scanner, code, fetchBlockEntry),
    "?": (scanner, code) => fetchWhenAlone(scanner, code, fetchKey),
    ":": (scanner, code) => fetchWhenAlone(scanner, code, fetchValue),
    "|": fetchBlockScalar,
    ">": fetchBlockScalar,
    "%": fetchNothing,
    "@": fetchNothing,
    "`": fetchNothing,
    "\t": fetchNothing,
  }).map(([char, fetch]) => [char.charCodeAt(0), fetch]),
);

/** `-`, `?` and `:` are indicators before white space, the latter two in flow context always. */
function fetchWhenAlone(scanner: Scanner, code: number, fetch: (scanner: Scanner) => void): void {
  const alone = isBlankOrEnd(scanner.text.charCodeAt(scanner.pos + 1));
  if (alone || (code !== MINUS && scanner.flowLevel > 0)) fetch(scanner);
  else fetchPlainScalar(scanner);
}

function fetchNothing(scanner: Scanner): never {
  throw scannerError(scanner, "found character that cannot start any token");
}

function fetchBlockScalar(scanner: Scanner, code: number): void {
  if (scanner.flowLevel > 0) fetchNothing(scanner);
  removeSimpleKey(scanner);
  scanner.keyAllowed = true;
  scanBlockScalar(scanner, code === PIPE);
}

function fetchPlainScalar(scanner: Scanner): void {
  saveSimpleKey(scanner);
  scanner.keyAllowed = false;
  scanPlainScalar(scanner);
}

/** Over white space, comments and breaks; a tab may not indent. @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_to_next_token */
function scanToNextToken(scanner: Scanner): void {
  const { text } = scanner;
  for (;;) {
    const tabs = scanner.flowLevel > 0 || !scanner.keyAllowed;
    let code = text.charCodeAt(scanner.pos);
    while (code === SPACE || (tabs && code === TAB)) {
      scanner.pos += 1;
      code = text.charCodeAt(scanner.pos);
    }
    if (code === HASH) {
      while (!isBreakOrEnd(code)) {
        scanner.pos += 1;
        code = text.charCodeAt(scanner.pos);
      }
    }
    if (!isBreak(code)) return;
    readBreak(scanner);
    if (scanner.flowLevel === 0) scanner.keyAllowed = true;
  }
}

/** Every deeper block ends here. @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_unroll_indent */
function unrollIndent(scanner: Scanner, at: number): void {
  if (scanner.flowLevel > 0) return;
  while (scanner.indent > at) {
    pushToken(scanner, "blockEnd", scanner.pos, scanner.pos);
    scanner.indent = scanner.indents.pop() ?? -1;
  }
}

function fetchStreamEnd(scanner: Scanner): void {
  if (scanner.pos !== scanner.lineStart) {
    scanner.line += 1;
    scanner.lineStart = scanner.pos;
  }
  unrollIndent(scanner, -1);
  removeSimpleKey(scanner);
  scanner.keyAllowed = false;
  pushToken(scanner, "streamEnd", scanner.pos, scanner.pos);
}

function fetchDirective(scanner: Scanner): void {
  unrollIndent(scanner, -1);
  removeSimpleKey(scanner);
  scanner.keyAllowed = false;
  scanDirective(scanner);
}

function fetchDocumentIndicator(scanner: Scanner, code: number): void {
  unrollIndent(scanner, -1);
  removeSimpleKey(scanner);
  scanner.keyAllowed = false;
  pushIndicator(scanner, code === MINUS ? "documentStart" : "documentEnd", 3);
}

function fetchProperty(scanner: Scanner, type: "alias" | "anchor" | "tag"): void {
  saveSimpleKey(scanner);
  scanner.keyAllowed = false;
  if (type === "tag") scanTag(scanner);
  else scanAnchor(scanner, type);
}

function fetchQuotedScalar(scanner: Scanner, quote: number): void {
  saveSimpleKey(scanner);
  scanner.keyAllowed = false;
  scanQuotedScalar(scanner, quote);
}
