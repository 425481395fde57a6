// The text of one document → its value as go-yaml and Kubernetes' YAML-to-JSON conversion decode it, and the tree behind it.
import { stepBlockMapping, stepBlockSequence, stepIndentlessSequence } from "./blockGrammar.ts";
import type { Limits } from "./budget.ts";
import { composeLines } from "./composeLines.ts";
import { finishDecoding } from "./decode.ts";
import type { DuplicateKey } from "./decoder.ts";
import { newDecoder } from "./decoder.ts";
import { stepFlowMapping, stepFlowPair, stepFlowSequence } from "./flowGrammar.ts";
import type { YamlNode } from "./node.ts";
import {
  addEmpty,
  BLOCK,
  type Frame,
  type FrameKind,
  next,
  type Parser,
  parseNode,
} from "./parser.ts";
import { forbiddenCharacter } from "./reader.ts";
import { peekToken } from "./scanner.ts";
import { createScanner, parserError, type Token, type TokenType } from "./scannerState.ts";

export interface ComposeOptions {
  readonly limits: Limits;
  /** The text is a chunk that Kubernetes' document reader has read line by line. */
  readonly cutIntoLines?: boolean;
}

export interface ComposedDocument {
  /** Of an empty text, nothing. */
  readonly root: YamlNode | undefined;
  readonly duplicates: readonly DuplicateKey[];
  /** Written in it, keys too. */
  readonly values: number;
}

/**
 * Reads the first document of the text, as go-yaml's Unmarshal does; what stands behind it is not looked at.
 * @throws YamlError
 */
export function compose(text: string, options: ComposeOptions): ComposedDocument {
  const lines = composeLines(text, options.limits);
  return lines === undefined ? composeTokens(text, options) : { ...lines, duplicates: [] };
}

/** The same for whatever YAML there is. */
export function composeTokens(text: string, options: ComposeOptions): ComposedDocument {
  const scanner = createScanner(text, options.cutIntoLines === true);
  const decoder = newDecoder(options.limits);
  const parser: Parser = {
    scanner,
    decoder,
    frames: [],
    anchors: new Map(),
    tags: new Map(),
    root: undefined,
  };
  const forbidden = forbiddenCharacter(text);
  try {
    parseDocument(parser);
  } catch (error) {
    throw forbidden?.reachedBy(scanner.pos) === true ? forbidden.error : error;
  }
  if (forbidden?.reachedBy(scanner.pos) === true) throw forbidden.error;
  if (parser.root !== undefined) finishDecoding(decoder, parser.root);
  return { root: parser.root, duplicates: decoder.duplicates, values: decoder.values };
}

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_document_start */
function parseDocument(parser: Parser): void {
  const token = peekToken(parser.scanner);
  if (token.type === "streamEnd") return;
  const explicit = processDirectives(parser);
  if (explicit && ENDS_EMPTY_DOCUMENT.has(next(parser).type)) {
    addEmpty(parser, peekToken(parser.scanner).start);
  } else parseNode(parser, BLOCK);
  for (let frame = parser.frames.at(-1); frame !== undefined; frame = parser.frames.at(-1)) {
    STEPS[frame.kind](parser, frame);
  }
  peekToken(parser.scanner);
}

const ENDS_EMPTY_DOCUMENT: ReadonlySet<TokenType> = new Set([
  "versionDirective",
  "tagDirective",
  "documentStart",
  "documentEnd",
  "streamEnd",
]);

const STEPS: Readonly<Record<FrameKind, (parser: Parser, frame: Frame) => void>> = {
  blockMapping: stepBlockMapping,
  blockSequence: stepBlockSequence,
  indentlessSequence: stepIndentlessSequence,
  flowSequence: stepFlowSequence,
  flowMapping: stepFlowMapping,
  flowPair: stepFlowPair,
};

/** Whether the document begins with `---`. @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_process_directives */
function processDirectives(parser: Parser): boolean {
  const { scanner, tags } = parser;
  let token = peekToken(scanner);
  const directives = isDirective(token);
  let versioned = false;
  for (; isDirective(token); token = next(parser)) {
    if (token.type === "versionDirective") {
      if (versioned) throw parserError(scanner, "found duplicate %YAML directive", token);
      if (token.value !== "1.1") {
        throw parserError(scanner, "found incompatible YAML document", token);
      }
      versioned = true;
    } else {
      if (tags.has(token.value)) {
        throw parserError(scanner, "found duplicate %TAG directive", token);
      }
      tags.set(token.value, token.suffix);
    }
  }
  if (!tags.has("!")) tags.set("!", "!");
  if (!tags.has("!!")) tags.set("!!", "tag:yaml.org,2002:");
  const explicit = token.type === "documentStart";
  if (directives && !explicit) {
    throw parserError(scanner, "did not find expected <document start>", token);
  }
  return explicit;
}

function isDirective(token: Token): boolean {
  return token.type === "versionDirective" || token.type === "tagDirective";
}
