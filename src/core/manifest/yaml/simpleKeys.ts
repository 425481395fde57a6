// Keys without `?`: what came before a `:` was a key all along, if it stands on the same line and is no longer than 1024 characters.
import { column, noKey, type Scanner, type SimpleKey, scannerError } from "./scannerState.ts";

const MAX_KEY_LENGTH = 1_024;
const MAX_DEPTH = 10_000;

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_simple_key_is_valid */
export function isKeyValid(scanner: Scanner, key: SimpleKey): boolean {
  if (!key.possible) return false;
  if (key.line === scanner.line && key.column + MAX_KEY_LENGTH >= column(scanner)) return true;
  if (key.required) throw missingColon(scanner, key);
  key.possible = false;
  return false;
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_save_simple_key */
export function saveSimpleKey(scanner: Scanner): void {
  if (!scanner.keyAllowed) return;
  const at = column(scanner);
  removeSimpleKey(scanner);
  const key: SimpleKey = {
    possible: true,
    required: scanner.flowLevel === 0 && scanner.indent === at,
    number: scanner.taken + scanner.tokens.length - scanner.head,
    offset: scanner.pos,
    line: scanner.line,
    column: at,
    token: undefined,
  };
  scanner.keys[scanner.keys.length - 1] = key;
  scanner.keyOfNextToken = key;
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_remove_simple_key */
export function removeSimpleKey(scanner: Scanner): void {
  const key = scanner.keys.at(-1);
  if (key === undefined || !key.possible) return;
  if (key.required) throw missingColon(scanner, key);
  forgetKey(key);
}

export function forgetKey(key: SimpleKey): void {
  key.possible = false;
  if (key.token !== undefined) key.token.key = undefined;
}

function missingColon(scanner: Scanner, key: SimpleKey): Error {
  return scannerError(scanner, "could not find expected ':'", key.offset);
}

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_increase_flow_level */
export function increaseFlowLevel(scanner: Scanner): void {
  scanner.keys.push(noKey(scanner.pos));
  scanner.flowLevel += 1;
  if (scanner.flowLevel > MAX_DEPTH) {
    throw scannerError(scanner, `exceeded max depth of ${MAX_DEPTH}`);
  }
}

/**
 * go-yaml forgets the last key of the level it leaves. Of an empty `[]` or `{}` that is the bracket itself, so that
 * `[]: v` is read as `[]`: upstream's slip, kept.
 * @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_decrease_flow_level
 */
export function decreaseFlowLevel(scanner: Scanner): void {
  if (scanner.flowLevel === 0) return;
  scanner.flowLevel -= 1;
  const token = scanner.keys.pop()?.token;
  if (token !== undefined) token.key = undefined;
}

/** Whether a block collection begins at `at`. @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_roll_indent */
export function rollIndent(scanner: Scanner, at: number): boolean {
  if (scanner.flowLevel > 0 || scanner.indent >= at) return false;
  scanner.indents.push(scanner.indent);
  scanner.indent = at;
  if (scanner.indents.length > MAX_DEPTH) {
    throw scannerError(scanner, `exceeded max depth of ${MAX_DEPTH}`);
  }
  return true;
}
