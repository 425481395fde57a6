// What go-yaml's scanner remembers between two tokens, and how it moves through the text.
import {
  breakText,
  CARRIAGE_RETURN,
  DOT,
  isBlankOrEnd,
  isBreak,
  LINE_FEED,
  MINUS,
} from "./characters.ts";
import { type YamlError, yamlErrorAt } from "./yamlError.ts";

export type TokenType =
  | "streamEnd"
  | "versionDirective"
  | "tagDirective"
  | "documentStart"
  | "documentEnd"
  | "blockSequenceStart"
  | "blockMappingStart"
  | "blockEnd"
  | "flowSequenceStart"
  | "flowSequenceEnd"
  | "flowMappingStart"
  | "flowMappingEnd"
  | "blockEntry"
  | "flowEntry"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** Text of a scalar, name of an anchor, handle of a tag, version of a directive. */
  readonly value: string;
  /** Suffix of a tag, prefix of a tag directive. */
  readonly suffix: string;
  readonly plain: boolean;
  /** While a `:` may still make this token a key, those behind it must be read first. */
  key: SimpleKey | undefined;
}

/** A place where a key may have begun, though only a `:` behind it will tell. */
export interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly number: number;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  token: Token | undefined;
}

export interface Scanner {
  /** Ends with a NUL. */
  readonly text: string;
  /** The text was cut into lines first, as Kubernetes' document reader does: `\r\r\n` is one break. */
  readonly cutIntoLines: boolean;
  /** Some characters take two units; columns count characters. */
  readonly wide: boolean;
  pos: number;
  /** From 0. */
  line: number;
  lineStart: number;
  readonly tokens: Token[];
  head: number;
  /** Tokens taken so far. */
  taken: number;
  ready: boolean;
  /** One per flow level. */
  readonly keys: SimpleKey[];
  keyOfNextToken: SimpleKey | undefined;
  keyAllowed: boolean;
  indent: number;
  readonly indents: number[];
  flowLevel: number;
  /** Characters of two units on this line, counted up to there. */
  pairs: number;
  pairsUpTo: number;
  /** Whether the white space read last went over a line break. */
  brokeLine: boolean;
}

const BYTE_ORDER_MARK = 0xfeff;
const WIDE = /[\ud800-\udbff]/;

export function createScanner(text: string, cutIntoLines: boolean): Scanner {
  const start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  return {
    text: `${text}\0`,
    cutIntoLines,
    wide: WIDE.test(text),
    pos: start,
    line: 0,
    lineStart: start,
    tokens: [],
    head: 0,
    taken: 0,
    ready: false,
    keys: [noKey(start)],
    keyOfNextToken: undefined,
    keyAllowed: true,
    indent: -1,
    indents: [],
    flowLevel: 0,
    pairs: 0,
    pairsUpTo: -1,
    brokeLine: false,
  };
}

export function noKey(offset: number): SimpleKey {
  return {
    possible: false,
    required: false,
    number: 0,
    offset,
    line: 0,
    column: 0,
    token: undefined,
  };
}

/** In characters, from 0. */
export function column(scanner: Scanner): number {
  const { text, pos, lineStart } = scanner;
  if (!scanner.wide) return pos - lineStart;
  if (scanner.pairsUpTo < lineStart) {
    scanner.pairsUpTo = lineStart;
    scanner.pairs = 0;
  }
  for (; scanner.pairsUpTo < pos; scanner.pairsUpTo += 1) {
    if ((text.charCodeAt(scanner.pairsUpTo) & 0xfc00) === 0xdc00) scanner.pairs += 1;
  }
  return pos - lineStart - scanner.pairs;
}

/** Steps over the line break at the position, if one is there, and returns what it stands for in a scalar. */
export function readBreak(scanner: Scanner): string {
  const { text, pos } = scanner;
  const code = text.charCodeAt(pos);
  if (!isBreak(code)) return "";
  scanner.pos = pos + breakWidth(scanner, code);
  scanner.line += 1;
  scanner.lineStart = scanner.pos;
  return breakText(code);
}

function breakWidth(
  { text, pos, cutIntoLines }: Pick<Scanner, "text" | "pos" | "cutIntoLines">,
  code: number,
): number {
  if (code !== CARRIAGE_RETURN) return 1;
  const next = text.charCodeAt(pos + 1);
  if (next === LINE_FEED) return 2;
  const doubled = cutIntoLines && next === CARRIAGE_RETURN;
  return doubled && text.charCodeAt(pos + 2) === LINE_FEED ? 3 : 1;
}

/** `---` or `...` alone at the beginning of a line. */
export function atDocumentIndicator(scanner: Scanner): boolean {
  const { text, pos } = scanner;
  if (pos !== scanner.lineStart) return false;
  const code = text.charCodeAt(pos);
  return (
    (code === MINUS || code === DOT) &&
    text.charCodeAt(pos + 1) === code &&
    text.charCodeAt(pos + 2) === code &&
    isBlankOrEnd(text.charCodeAt(pos + 3))
  );
}

/** go-yaml names the line that it has reached, but never the first; `offset` is where a person should look. */
export function scannerError(
  scanner: Scanner,
  problem: string,
  offset: number = scanner.pos,
): YamlError {
  return yamlErrorAt(problem, offset, scanner.line === 0 ? 0 : scanner.line + 1);
}

/** go-yaml counts the lines of a parser's error from 0, and never names the first. */
export function parserError(scanner: Scanner, problem: string, token: Token): YamlError {
  const atEnd = token.start >= scanner.pos && scanner.text.charCodeAt(scanner.pos) === 0;
  const line = atEnd ? scanner.line : lineAt(scanner, token.start);
  return yamlErrorAt(problem, token.start, line);
}

/** From 0; counts the text again, for errors only. */
function lineAt({ text, cutIntoLines }: Scanner, offset: number): number {
  const at = { text, cutIntoLines, pos: 0 };
  let line = 0;
  while (at.pos < offset) {
    const code = text.charCodeAt(at.pos);
    const breaks = isBreak(code);
    at.pos += breaks ? breakWidth(at, code) : 1;
    if (breaks) line += 1;
  }
  return line;
}
