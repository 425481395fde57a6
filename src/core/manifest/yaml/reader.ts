// The characters that go-yaml's reader refuses, and when it would have noticed them.
import { type YamlError, yamlError } from "./yamlError.ts";

/** go-yaml decodes the text in pieces of this many bytes, each as a whole. */
const PIECE = 512;
/** It looks so many characters ahead of the token that it begins. */
const LOOKAHEAD = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const SURROGATE = /[\ud800-\udfff]/;
/** They have no UTF-8 form. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export interface ForbiddenCharacter {
  readonly error: YamlError;
  /** Whether go-yaml, having come to `offset`, has read the piece that the character stands in. */
  readonly reachedBy: (offset: number) => boolean;
}

/** @see go.yaml.in/yaml v2.4.4 readerc.go yaml_parser_update_buffer */
export function forbiddenCharacter(text: string): ForbiddenCharacter | undefined {
  const control = text.search(FORBIDDEN);
  const lone = SURROGATE.test(text) ? text.search(LONE_SURROGATE) : -1;
  if (control === -1 && lone === -1) return undefined;
  const surrogate = control === -1 || (lone !== -1 && lone < control);
  const index = surrogate ? lone : control;
  const problem = surrogate ? "invalid Unicode character" : "control characters are not allowed";
  const pieceStart = startOfPiece(text, index);
  return {
    error: yamlError(problem, index),
    reachedBy: (offset) => offset + LOOKAHEAD > pieceStart,
  };
}

/** In UTF-16 units. */
function startOfPiece(text: string, index: number): number {
  let bytes = 0;
  let start = 0;
  for (let at = 0; at < index; at += 1) {
    const before = Math.floor(bytes / PIECE);
    bytes += bytesOf(text.charCodeAt(at));
    if (Math.floor(bytes / PIECE) > before) start = at + 1;
  }
  return start;
}

/** Of a surrogate pair, two for each half. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800 || (unit & 0xf800) === 0xd800) return 2;
  return 3;
}
