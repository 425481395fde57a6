// The characters that structure a document: brackets, commas, dashes, `?` and `:`.
import { column, type Scanner, scannerError, type Token, type TokenType } from "./scannerState.ts";
import {
  decreaseFlowLevel,
  forgetKey,
  increaseFlowLevel,
  isKeyValid,
  removeSimpleKey,
  rollIndent,
  saveSimpleKey,
} from "./simpleKeys.ts";
import { insertToken, pushToken } from "./tokenQueue.ts";

export function pushIndicator(scanner: Scanner, type: TokenType, width = 1): Token {
  const start = scanner.pos;
  scanner.pos += width;
  return pushToken(scanner, type, start, scanner.pos);
}

export function fetchFlowStart(scanner: Scanner, type: TokenType): void {
  saveSimpleKey(scanner);
  increaseFlowLevel(scanner);
  scanner.keyAllowed = true;
  const token = pushIndicator(scanner, type);
  const level = scanner.keys.at(-1);
  if (level !== undefined) level.token = token;
}

export function fetchFlowEnd(scanner: Scanner, type: TokenType): void {
  removeSimpleKey(scanner);
  decreaseFlowLevel(scanner);
  scanner.keyAllowed = false;
  pushIndicator(scanner, type);
}

export function fetchFlowEntry(scanner: Scanner): void {
  removeSimpleKey(scanner);
  scanner.keyAllowed = true;
  pushIndicator(scanner, "flowEntry");
}

export function fetchBlockEntry(scanner: Scanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.keyAllowed) {
      throw scannerError(scanner, "block sequence entries are not allowed in this context");
    }
    if (rollIndent(scanner, column(scanner))) {
      pushToken(scanner, "blockSequenceStart", scanner.pos, scanner.pos);
    }
  }
  removeSimpleKey(scanner);
  scanner.keyAllowed = true;
  pushIndicator(scanner, "blockEntry");
}

export function fetchKey(scanner: Scanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.keyAllowed) {
      throw scannerError(scanner, "mapping keys are not allowed in this context");
    }
    beginBlockMapping(scanner);
  }
  removeSimpleKey(scanner);
  scanner.keyAllowed = scanner.flowLevel === 0;
  pushIndicator(scanner, "key");
}

function beginBlockMapping(scanner: Scanner): void {
  if (rollIndent(scanner, column(scanner))) {
    pushToken(scanner, "blockMappingStart", scanner.pos, scanner.pos);
  }
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_fetch_value */
export function fetchValue(scanner: Scanner): void {
  const key = scanner.keys.at(-1);
  if (key !== undefined && isKeyValid(scanner, key)) {
    insertToken(scanner, "key", key.offset, key.number);
    if (rollIndent(scanner, key.column)) {
      insertToken(scanner, "blockMappingStart", key.offset, key.number);
    }
    forgetKey(key);
    scanner.keyAllowed = false;
  } else {
    if (scanner.flowLevel === 0) {
      if (!scanner.keyAllowed) {
        throw scannerError(scanner, "mapping values are not allowed in this context");
      }
      beginBlockMapping(scanner);
    }
    scanner.keyAllowed = scanner.flowLevel === 0;
  }
  pushIndicator(scanner, "value");
}
