// Scalars behind `|` and `>`.
import {
  HASH,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isDigit,
  MINUS,
  PLUS,
  SPACE,
  TAB,
} from "./characters.ts";
import { readBreak, type Scanner, scannerError } from "./scannerState.ts";
import { pushScalar } from "./tokenQueue.ts";

interface Header {
  readonly chomping: "clip" | "strip" | "keep";
  /** Told by a digit; 0 if not. */
  readonly increment: number;
}

interface Indentation {
  /** 0 until the first line that is not empty. */
  column: number;
  breaks: string;
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_block_scalar */
export function scanBlockScalar(scanner: Scanner, literal: boolean): void {
  const { text, pos: start } = scanner;
  scanner.pos += 1;
  const { chomping, increment } = readHeader(scanner);
  let end = scanner.pos;
  endHeaderLine(scanner);
  const indent: Indentation = {
    column: increment > 0 ? Math.max(scanner.indent, 0) + increment : 0,
    breaks: "",
  };
  readBreaks(scanner, indent);
  let value = "";
  let lastBreak = "";
  let lastLineIndented = false;
  while (columnOf(scanner) === indent.column && text.charCodeAt(scanner.pos) !== 0) {
    const indented = isBlank(text.charCodeAt(scanner.pos));
    const folds = !literal && !lastLineIndented && !indented && lastBreak === "\n";
    if (!folds) value += lastBreak;
    else if (indent.breaks === "") value += " ";
    const from = scanner.pos;
    end = endOfLine(text, from);
    value += indent.breaks + text.slice(from, end);
    scanner.pos = end;
    lastLineIndented = indented;
    lastBreak = readBreak(scanner);
    indent.breaks = "";
    readBreaks(scanner, indent);
  }
  if (chomping !== "strip") value += lastBreak;
  if (chomping === "keep") value += indent.breaks;
  pushScalar(scanner, { start, end, value, plain: false });
}

/** Only white space can stand before the column asked for, so units are characters. */
function columnOf(scanner: Scanner): number {
  return scanner.pos - scanner.lineStart;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (!isBreakOrEnd(text.charCodeAt(at))) at += 1;
  return at;
}

function readHeader(scanner: Scanner): Header {
  let chomping = readChomping(scanner);
  const increment = readIncrement(scanner);
  if (chomping === "clip" && increment > 0) chomping = readChomping(scanner);
  return { chomping, increment };
}

function readChomping(scanner: Scanner): Header["chomping"] {
  const code = scanner.text.charCodeAt(scanner.pos);
  if (code !== PLUS && code !== MINUS) return "clip";
  scanner.pos += 1;
  return code === PLUS ? "keep" : "strip";
}

function readIncrement(scanner: Scanner): number {
  const code = scanner.text.charCodeAt(scanner.pos);
  if (!isDigit(code)) return 0;
  if (code === 0x30) {
    throw scannerError(scanner, "found an indentation indicator equal to 0");
  }
  scanner.pos += 1;
  return code - 0x30;
}

function endHeaderLine(scanner: Scanner): void {
  const { text } = scanner;
  while (isBlank(text.charCodeAt(scanner.pos))) scanner.pos += 1;
  if (text.charCodeAt(scanner.pos) === HASH) scanner.pos = endOfLine(text, scanner.pos);
  if (!isBreakOrEnd(text.charCodeAt(scanner.pos))) {
    throw scannerError(scanner, "did not find expected comment or line break");
  }
  readBreak(scanner);
}

/**
 * Indentation and empty lines; the first line with text decides the indentation, but no less than an empty one before.
 * @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_block_scalar_breaks
 */
function readBreaks(scanner: Scanner, indent: Indentation): void {
  const { text } = scanner;
  const limit = indent.column === 0 ? Number.POSITIVE_INFINITY : indent.column;
  let deepest = 0;
  for (;;) {
    while (columnOf(scanner) < limit && text.charCodeAt(scanner.pos) === SPACE) scanner.pos += 1;
    deepest = Math.max(deepest, columnOf(scanner));
    const code = text.charCodeAt(scanner.pos);
    if (code === TAB && columnOf(scanner) < limit) {
      const problem = "found a tab character where an indentation space is expected";
      throw scannerError(scanner, problem);
    }
    if (!isBreak(code)) break;
    indent.breaks += readBreak(scanner);
  }
  if (indent.column === 0) indent.column = Math.max(deepest, scanner.indent + 1, 1);
}
