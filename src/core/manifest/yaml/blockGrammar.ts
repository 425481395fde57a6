// The next item of a block sequence or block mapping.
import {
  addEmpty,
  BLOCK,
  BLOCK_OR_INDENTLESS,
  closeCollection,
  type Frame,
  next,
  type Parser,
  parseNode,
} from "./parser.ts";
import { peekToken } from "./scanner.ts";
import { parserError, type TokenType } from "./scannerState.ts";
import { skipToken } from "./tokenQueue.ts";

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_block_sequence_entry */
export function stepBlockSequence(parser: Parser, frame: Frame): void {
  if (frame.expects === "first") {
    skipToken(parser.scanner);
    frame.expects = "value";
  }
  const dash = peekToken(parser.scanner);
  if (dash.type === "blockEnd") {
    skipToken(parser.scanner);
    closeCollection(parser);
    return;
  }
  if (dash.type !== "blockEntry") {
    throw parserError(parser.scanner, "did not find expected '-' indicator", dash);
  }
  const { type } = next(parser);
  if (type === "blockEntry" || type === "blockEnd") addEmpty(parser, dash.end);
  else parseNode(parser, BLOCK);
}

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_indentless_sequence_entry */
export function stepIndentlessSequence(parser: Parser): void {
  const dash = peekToken(parser.scanner);
  if (dash.type !== "blockEntry") {
    closeCollection(parser);
    return;
  }
  const { type } = next(parser);
  if (type === "blockEntry" || endsEntry(type)) addEmpty(parser, dash.end);
  else parseNode(parser, BLOCK);
}

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_block_mapping_key */
export function stepBlockMapping(parser: Parser, frame: Frame): void {
  if (frame.expects === "value") {
    parseBlockValue(parser, frame);
    return;
  }
  if (frame.expects === "first") skipToken(parser.scanner);
  const key = peekToken(parser.scanner);
  if (key.type === "blockEnd") {
    skipToken(parser.scanner);
    closeCollection(parser);
    return;
  }
  if (key.type !== "key") throw parserError(parser.scanner, "did not find expected key", key);
  frame.expects = "value";
  if (endsEntry(next(parser).type)) addEmpty(parser, key.end);
  else parseNode(parser, BLOCK_OR_INDENTLESS, key.start);
}

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_block_mapping_value */
function parseBlockValue(parser: Parser, frame: Frame): void {
  frame.expects = "key";
  const colon = peekToken(parser.scanner);
  if (colon.type !== "value") {
    addEmpty(parser, frame.node.children.at(-1)?.end ?? colon.end, colon.start);
    return;
  }
  if (endsEntry(next(parser).type)) addEmpty(parser, colon.end);
  else parseNode(parser, BLOCK_OR_INDENTLESS);
}

function endsEntry(type: TokenType): boolean {
  return type === "key" || type === "value" || type === "blockEnd";
}
