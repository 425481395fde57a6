// Scalars that begin and end on one line: plain ones, and quoted ones without an escape.
import {
  BACKSLASH,
  COLON,
  COMMA,
  DOT,
  DOUBLE_QUOTE,
  HASH,
  isDigit,
  isLetter,
  isWord,
  MINUS,
  SINGLE_QUOTE,
  SLASH,
  SPACE,
} from "./characters.ts";
import { atLineEnd, isSpaceOrLineEnd, type LineReader } from "./lineReader.ts";
import { scalarNode, type YamlNode } from "./node.ts";
import { resolveScalar } from "./resolve.ts";

/** About the length of its quotes and of the comma behind it. @see decodeScalar */
const AROUND = 3;
/** The scanner takes 1024 characters for a key. */
const LONGEST_KEY = 256;
const LAST_ASCII = 0x7f;

/** Nothing where it goes on behind the line, or is not certain to be one. */
export function readScalar(
  reader: LineReader,
  code: number,
  inFlow: boolean,
): YamlNode | undefined {
  if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return readQuoted(reader, code);
  return beginsPlain(reader, code) ? readPlain(reader, inFlow) : undefined;
}

/**
 * A key and the `:` behind it, if white space follows; nothing unless JSON reads a text in it that YAML gives no meaning.
 */
export function readKey(reader: LineReader, inFlow: boolean): YamlNode | undefined {
  const { text, pos: start } = reader;
  let at = start;
  for (let code = text.charCodeAt(at); isKeyCharacter(code); code = text.charCodeAt(at)) at += 1;
  const isKey = at > start && at - start < LONGEST_KEY && text.charCodeAt(at) === COLON;
  if (!isKey || text.charCodeAt(start) === MINUS) return undefined;
  const next = text.charCodeAt(at + 1);
  if (inFlow ? next !== SPACE : !isSpaceOrLineEnd(next)) return undefined;
  const node = plainNode(reader, start, at);
  if (typeof node?.json !== "string" || node.json === "__proto__") return undefined;
  reader.pos = at + 1;
  return node;
}

/** A value that is not written: null, right behind what calls for it. */
export function emptyNode(reader: LineReader, offset: number): YamlNode {
  const node = scalarNode({ mark: offset, start: offset, end: offset }, "", "", true);
  node.size = AROUND;
  reader.values += 1;
  return node;
}

function readQuoted(reader: LineReader, quote: number): YamlNode | undefined {
  const { text, pos: start } = reader;
  let at = start + 1;
  let code = text.charCodeAt(at);
  for (; code !== quote; code = text.charCodeAt(at)) {
    if (atLineEnd(code) || (code === BACKSLASH && quote === DOUBLE_QUOTE)) return undefined;
    at += 1;
  }
  // A doubled quote.
  if (text.charCodeAt(at + 1) === quote) return undefined;
  const end = at + 1;
  reader.pos = end;
  reader.values += 1;
  const node = scalarNode({ mark: start, start, end }, text.slice(start + 1, at), "", false);
  node.json = node.text;
  node.size = node.text.length + AROUND;
  return node;
}

function readPlain(reader: LineReader, inFlow: boolean): YamlNode | undefined {
  const { text, pos: start } = reader;
  let at = start;
  let end = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      if (text.charCodeAt(at + 1) === HASH) break;
    } else if (atLineEnd(code)) break;
    else if (code === COLON && isSpaceOrLineEnd(text.charCodeAt(at + 1))) return undefined;
    else if (inFlow && isFlowIndicator(code)) {
      // `[a:]`: the scanner knows.
      if (text.charCodeAt(at - 1) === COLON) return undefined;
      break;
    } else end = at + 1;
    at += 1;
  }
  reader.pos = end;
  return plainNode(reader, start, end);
}

function plainNode(reader: LineReader, start: number, end: number): YamlNode | undefined {
  const node = scalarNode({ mark: start, start, end }, reader.text.slice(start, end), "", true);
  node.json = resolveScalar("", node.text, true);
  // JSON has no form for infinite numbers.
  if (typeof node.json === "number" && !Number.isFinite(node.json)) return undefined;
  node.size = node.text.length + AROUND;
  reader.values += 1;
  return node;
}

/** Letters of any script, digits, `-` with something behind it, and what else has no meaning in YAML. */
function beginsPlain({ text, pos }: LineReader, code: number): boolean {
  if (code === MINUS) return !isSpaceOrLineEnd(text.charCodeAt(pos + 1));
  return isLetter(code) || isDigit(code) || code > LAST_ASCII || MEANINGLESS.has(code);
}

const MEANINGLESS: ReadonlySet<number> = new Set(
  [..."/._$~+(=^;"].map((char) => char.charCodeAt(0)),
);

/** Of the keys that people write without quotes. */
function isKeyCharacter(code: number): boolean {
  return isWord(code) || code === DOT || code === SLASH;
}

function isFlowIndicator(code: number): boolean {
  // , ? [ ] { }
  return (
    code === COMMA ||
    code === 0x3f ||
    code === 0x5b ||
    code === 0x5d ||
    code === 0x7b ||
    code === 0x7d
  );
}
