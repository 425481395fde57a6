// `%YAML` and `%TAG`.
import { DOT, HASH, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit } from "./characters.ts";
import { readTagHandle, readTagUri, readWord } from "./properties.ts";
import { readBreak, type Scanner, scannerError } from "./scannerState.ts";
import { pushToken } from "./tokenQueue.ts";

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_directive */
export function scanDirective(scanner: Scanner): void {
  const { text, pos: start } = scanner;
  scanner.pos += 1;
  const name = readWord(scanner);
  if (name === "") throw scannerError(scanner, "could not find expected directive name");
  if (!isBlankOrEnd(text.charCodeAt(scanner.pos))) {
    throw scannerError(scanner, "found unexpected non-alphabetical character");
  }
  if (name === "YAML") scanVersion(scanner, start);
  else if (name === "TAG") scanTagPrefix(scanner, start);
  else throw scannerError(scanner, "found unknown directive name");
  skipBlanks(scanner);
  if (text.charCodeAt(scanner.pos) === HASH) {
    while (!isBreakOrEnd(text.charCodeAt(scanner.pos))) scanner.pos += 1;
  }
  if (!isBreakOrEnd(text.charCodeAt(scanner.pos))) {
    throw scannerError(scanner, "did not find expected comment or line break");
  }
  readBreak(scanner);
}

function scanVersion(scanner: Scanner, start: number): void {
  skipBlanks(scanner);
  const major = readVersionNumber(scanner);
  if (scanner.text.charCodeAt(scanner.pos) !== DOT) {
    throw scannerError(scanner, "did not find expected digit or '.' character");
  }
  scanner.pos += 1;
  const minor = readVersionNumber(scanner);
  pushToken(scanner, "versionDirective", start, scanner.pos, { value: `${major}.${minor}` });
}

function readVersionNumber(scanner: Scanner): number {
  const from = scanner.pos;
  while (isDigit(scanner.text.charCodeAt(scanner.pos))) {
    if (scanner.pos - from === 2) {
      throw scannerError(scanner, "found extremely long version number");
    }
    scanner.pos += 1;
  }
  if (scanner.pos === from) throw scannerError(scanner, "did not find expected version number");
  return Number(scanner.text.slice(from, scanner.pos));
}

function scanTagPrefix(scanner: Scanner, start: number): void {
  const { text } = scanner;
  skipBlanks(scanner);
  const value = readTagHandle(scanner, true);
  if (!isBlank(text.charCodeAt(scanner.pos))) {
    throw scannerError(scanner, "did not find expected whitespace");
  }
  skipBlanks(scanner);
  const suffix = readTagUri(scanner, "");
  if (!isBlankOrEnd(text.charCodeAt(scanner.pos))) {
    throw scannerError(scanner, "did not find expected whitespace or line break");
  }
  pushToken(scanner, "tagDirective", start, scanner.pos, { value, suffix });
}

function skipBlanks(scanner: Scanner): void {
  while (isBlank(scanner.text.charCodeAt(scanner.pos))) scanner.pos += 1;
}
