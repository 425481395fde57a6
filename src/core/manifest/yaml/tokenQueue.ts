// Tokens wait in a queue, since a `:` may still put a KEY before one of them.
import type { Scanner, Token, TokenType } from "./scannerState.ts";

export interface TokenText {
  readonly value?: string;
  readonly suffix?: string;
}

/** Behind the last token, or before the `index`th that waits (a negative index puts it last, as upstream does). */
export function pushToken(
  scanner: Scanner,
  type: TokenType,
  start: number,
  end: number,
  text: TokenText = {},
): Token {
  const token: Token = {
    type,
    start,
    end,
    value: text.value ?? "",
    suffix: text.suffix ?? "",
    plain: false,
    key: undefined,
  };
  return push(scanner, token);
}

export interface ScalarToken {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly plain: boolean;
}

export function pushScalar(scanner: Scanner, { start, end, value, plain }: ScalarToken): void {
  push(scanner, { type: "scalar", start, end, value, suffix: "", plain, key: undefined });
}

function push(scanner: Scanner, token: Token): Token {
  const key = scanner.keyOfNextToken;
  if (key !== undefined) {
    token.key = key;
    key.token = token;
    scanner.keyOfNextToken = undefined;
  }
  scanner.tokens.push(token);
  return token;
}

/** Puts a token of no width before the `number`th of the stream; one that was taken already leaves it the last place. */
export function insertToken(
  scanner: Scanner,
  type: TokenType,
  offset: number,
  number: number,
): void {
  const token: Token = {
    type,
    start: offset,
    end: offset,
    value: "",
    suffix: "",
    plain: false,
    key: undefined,
  };
  const index = number - scanner.taken;
  if (index < 0) scanner.tokens.push(token);
  else scanner.tokens.splice(scanner.head + index, 0, token);
}

/** An array is dear to empty for every token. */
const EMPTIED_AT = 256;

/** The token that was peeked at is done. */
export function skipToken(scanner: Scanner): void {
  scanner.ready = false;
  scanner.taken += 1;
  scanner.head += 1;
  if (scanner.head === scanner.tokens.length && scanner.head >= EMPTIED_AT) {
    scanner.tokens.length = 0;
    scanner.head = 0;
  }
}
